using System.Text.Json;

namespace EdgeMas.Host.Serving;

/// <summary>Reads a JSON object field by field: each value checked, <c>null</c> taken for absent, and in the end nothing left that nobody read.</summary>
internal sealed class RequestFields
{
    private readonly JsonElement _root;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly string _prefix;

    /// <param name="prefix">Where the object stands in the request: <c>messages[0].</c></param>
    public RequestFields(JsonElement root, string prefix = "")
    {
        _root = root.ValueKind == JsonValueKind.Object ? root : throw ApiException.Invalid(prefix.Length == 0 ? "the body must be a JSON object" : $"'{prefix.TrimEnd('.')}' must be an object", prefix.TrimEnd('.'));
        _prefix = prefix;
    }

    public string NameOf(string field) => _prefix + field;

    public JsonElement? Any(string field)
    {
        _read.Add(field);
        return _root.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    public string? Text(string field) => Of(field, JsonValueKind.String, "a string")?.GetString();

    public string RequiredText(string field) => Text(field) ?? throw Missing(field);

    public bool? Flag(string field) => Any(field) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } other => throw Wrong(field, "true or false", other),
    };

    public long? Whole(string field, long least, long most)
    {
        if (Any(field) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(field, FormattableString.Invariant($"a whole number from {least} to {most}"), value);
    }

    public float? Number(string field, float least, float most)
    {
        if (Any(field) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(field, FormattableString.Invariant($"a number from {least} to {most}"), value);
    }

    public RequestFields? Object(string field) => Any(field) is { } value ? new RequestFields(value, $"{NameOf(field)}.") : null;

    /// <summary>An array's elements, or nothing.</summary>
    public IReadOnlyList<JsonElement> Items(string field, int most)
    {
        if (Of(field, JsonValueKind.Array, "an array") is not { } array)
            return [];
        return array.GetArrayLength() <= most ? [.. array.EnumerateArray()] : throw ApiException.Invalid($"'{NameOf(field)}' has {array.GetArrayLength()} elements; at most {most} are taken", NameOf(field));
    }

    /// <summary>Fields that change nothing here.</summary>
    public void Ignore(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
            _read.Add(field);
    }

    /// <summary>Fields whose abilities this server lacks: only the values that ask for nothing are taken.</summary>
    public void RefuseUnlessEmpty(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (Any(field) is { } value && !IsEmpty(value))
                throw Unsupported(field);
        }
    }

    /// <exception cref="ApiException">There are fields that nobody read; names the first.</exception>
    public void Close()
    {
        foreach (var field in _root.EnumerateObject())
        {
            if (!_read.Contains(field.Name) && field.Value.ValueKind != JsonValueKind.Null)
                throw Unsupported(field.Name);
        }
    }

    public ApiException Missing(string field) => ApiException.Invalid($"'{NameOf(field)}' is missing", NameOf(field), "missing_required_parameter");

    public ApiException Wrong(string field, string wanted, JsonElement value)
    {
        const int Shown = 60;
        var text = value.GetRawText();
        return ApiException.Invalid($"'{NameOf(field)}' is {(text.Length > Shown ? text[..Shown] + "…" : text)}; it must be {wanted}", NameOf(field), "invalid_value");
    }

    private ApiException Unsupported(string field) =>
        ApiException.Invalid($"'{NameOf(field)}' is not supported by this server and would change the answer; leave it out", NameOf(field), "unsupported_parameter");

    private JsonElement? Of(string field, JsonValueKind kind, string wanted)
    {
        var value = Any(field);
        return value is null || value.Value.ValueKind == kind ? value : throw Wrong(field, wanted, value.Value);
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.False => true,
        JsonValueKind.Number => value.TryGetDouble(out var number) && number == 0,
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };
}
