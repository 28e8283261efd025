using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeMas.Core.Skills;

/// <summary>
/// Writes and reads the JSON Schema of a skill's arguments. Beside the standard's keywords it knows <c>x-kind</c> (place, places, thing, text),
/// <c>x-unit</c> (UCUM) and <c>x-named-values</c> (words that stand for a number).
/// </summary>
/// <remarks>The builder's members return the builder; one thread. Source: JSON Schema draft 2020-12.</remarks>
public sealed class SkillSchema
{
    /// <summary>More arguments than this are refused.</summary>
    public const int MaxParameters = 32;

    private const string NameRule = "has 1 to 64 letters, digits, '_', '-' or '.', and begins with a letter or '_'";

    private static readonly FrozenDictionary<string, double> NoNamedValues = FrozenDictionary<string, double>.Empty;

    private readonly JsonObject _properties = [];
    private readonly JsonArray _required = [];

    public SkillSchema Number(
        string name, string unit, double minimum, double maximum, string? description = null, IReadOnlyDictionary<string, double>? namedValues = null)
    {
        var schema = new JsonObject { ["type"] = "number", ["minimum"] = minimum, ["maximum"] = maximum, ["x-unit"] = unit };
        if (namedValues is { Count: > 0 })
        {
            var values = new JsonObject();
            foreach (var (word, value) in namedValues)
                values[word] = value;
            schema["x-named-values"] = values;
        }
        return Add(name, schema, description);
    }

    public SkillSchema Place(string name, string? description = null) => AddString(name, "place", description);

    public SkillSchema Thing(string name, string? description = null) => AddString(name, "thing", description);

    public SkillSchema Text(string name, string? description = null) => AddString(name, "text", description);

    public SkillSchema Choice(string name, IReadOnlyList<string> values, string? description = null) =>
        Add(name, new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]) }, description);

    /// <summary>The schema as written so far; every argument is required, others are not allowed.</summary>
    public JsonElement Build()
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = _properties.DeepClone(),
            ["required"] = _required.DeepClone(),
            ["additionalProperties"] = false,
        };
        return JsonSerializer.SerializeToElement(schema, EdgeMasJson.Default.JsonObject);
    }

    /// <exception cref="SkillSchemaException">Not 1 to 64 letters, digits, underscores, hyphens or dots, beginning with a letter or underscore.</exception>
    public static string CheckName(string name)
    {
        return IsName(name) ? name : throw new SkillSchemaException(name ?? "", "/name", $"a name {NameRule}");
    }

    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= 64 } && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.AsSpan().IndexOfAnyExcept(NameCharacters) < 0;

    /// <exception cref="SkillSchemaException">The schema is not of an object, or an argument's schema cannot be read.</exception>
    public static IReadOnlyList<SkillParameter> ReadParameters(string skill, JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            throw new SkillSchemaException(skill, "/parameters", "expected a JSON Schema object");
        if (schema.TryGetProperty("type", out var type) && !(type.ValueKind == JsonValueKind.String && type.ValueEquals("object")))
            throw new SkillSchemaException(skill, "/parameters/type", "arguments are an object: write \"type\": \"object\"");
        if (!schema.TryGetProperty("properties", out var properties))
            return [];
        if (properties.ValueKind != JsonValueKind.Object)
            throw new SkillSchemaException(skill, "/parameters/properties", "expected an object of schemas");

        var required = ReadRequired(skill, schema);
        var parameters = new List<SkillParameter>();
        foreach (var property in properties.EnumerateObject())
        {
            if (parameters.Count == MaxParameters)
                throw new SkillSchemaException(skill, "/parameters/properties", $"more than {MaxParameters} arguments");
            parameters.Add(ReadParameter(skill, property, required));
        }
        return parameters;
    }

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");

    private static HashSet<string>? ReadRequired(string skill, JsonElement schema)
    {
        if (!schema.TryGetProperty("required", out var required))
            return null;
        if (required.ValueKind != JsonValueKind.Array || required.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
            throw new SkillSchemaException(skill, "/parameters/required", "expected an array of argument names");
        return required.EnumerateArray().Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal);
    }

    private static SkillParameter ReadParameter(string skill, JsonProperty property, HashSet<string>? required)
    {
        var schema = property.Value;
        var pointer = $"/parameters/properties/{property.Name}";
        if (!IsName(property.Name))
            throw new SkillSchemaException(skill, "/parameters/properties", $"an argument's name {NameRule}");
        if (schema.ValueKind != JsonValueKind.Object)
            throw new SkillSchemaException(skill, pointer, "expected a schema object");

        var choices = ReadChoices(skill, pointer, schema);
        var minimum = ReadNumber(skill, pointer, schema, "minimum");
        var maximum = ReadNumber(skill, pointer, schema, "maximum");
        if (minimum > maximum)
            throw new SkillSchemaException(skill, $"{pointer}/minimum", $"no number is at least {minimum} and at most {maximum}");
        return new SkillParameter(
            property.Name,
            ReadKind(skill, pointer, schema, choices),
            ReadString(schema, "description"),
            required is null || required.Contains(property.Name),
            ReadString(schema, "x-unit"),
            minimum,
            maximum,
            choices,
            ReadNamedValues(skill, pointer, schema),
            schema.Clone());
    }

    private static ParameterKind ReadKind(string skill, string pointer, JsonElement schema, IReadOnlyList<string> choices)
    {
        switch (ReadString(schema, "x-kind"))
        {
            case "place": return ParameterKind.Place;
            case "places": return ParameterKind.Places;
            case "thing": return ParameterKind.Thing;
            case "text": return ParameterKind.Text;
            case null: break;
            case var other: throw new SkillSchemaException(skill, $"{pointer}/x-kind", $"'{other}' is none of place, places, thing, text");
        }
        if (choices.Count > 0)
            return ParameterKind.Choice;
        return ReadString(schema, "type") switch
        {
            "number" => ParameterKind.Number,
            "integer" => ParameterKind.Integer,
            "boolean" => ParameterKind.Boolean,
            "string" => ParameterKind.Text,
            _ => ParameterKind.Other,
        };
    }

    private static IReadOnlyList<string> ReadChoices(string skill, string pointer, JsonElement schema)
    {
        if (!schema.TryGetProperty("enum", out var values))
            return [];
        if (values.ValueKind != JsonValueKind.Array || values.GetArrayLength() == 0)
            throw new SkillSchemaException(skill, $"{pointer}/enum", "expected an array with at least one value");
        return values.EnumerateArray().All(value => value.ValueKind == JsonValueKind.String)
            ? [.. values.EnumerateArray().Select(value => value.GetString()!)]
            : [];
    }

    private static IReadOnlyDictionary<string, double> ReadNamedValues(string skill, string pointer, JsonElement schema)
    {
        if (!schema.TryGetProperty("x-named-values", out var values))
            return NoNamedValues;
        if (values.ValueKind != JsonValueKind.Object || values.EnumerateObject().Any(value => value.Value.ValueKind != JsonValueKind.Number))
            throw new SkillSchemaException(skill, $"{pointer}/x-named-values", "expected an object of numbers");
        var words = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        foreach (var value in values.EnumerateObject())
        {
            if (!words.TryAdd(value.Name, value.Value.GetDouble()))
                throw new SkillSchemaException(skill, $"{pointer}/x-named-values", $"'{value.Name}' is there twice; capitals make no difference");
        }
        return words.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private static string? ReadString(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? ReadNumber(string skill, string pointer, JsonElement schema, string keyword)
    {
        if (!schema.TryGetProperty(keyword, out var value))
            return null;
        return value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : throw new SkillSchemaException(skill, $"{pointer}/{keyword}", "expected a number");
    }

    private SkillSchema AddString(string name, string kind, string? description) =>
        Add(name, new JsonObject { ["type"] = "string", ["x-kind"] = kind }, description);

    private SkillSchema Add(string name, JsonObject schema, string? description)
    {
        if (description is not null)
            schema["description"] = description;
        _properties[name] = schema;
        _required.Add((JsonNode)name);
        return this;
    }
}
