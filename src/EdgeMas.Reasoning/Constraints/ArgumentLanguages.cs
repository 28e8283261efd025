using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeMas.Core.Outputs;
using EdgeMas.Core.Skills;
using EdgeMas.Reasoning.Quantities;

namespace EdgeMas.Reasoning.Constraints;

/// <summary>What a plan may write for one argument of a skill.</summary>
/// <param name="numbers">The order's numbers, or null to leave numbers free.</param>
internal sealed class ArgumentLanguages(IReadOnlyList<string> places, OrderSpans spans, NumberGrounding? numbers)
{
    private const int MaxItems = 8;
    private const int MaxDepth = 4;

    private static readonly string[] PlaceHints = ["place", "location", "destination", "spot", "room", "waypoint", "station", "site", "area", "zone"];
    private static readonly string[] ThingHints = ["object", "thing", "item", "target", "what", "label", "subject"];

    private static readonly OutputLanguage Truth = OutputLanguage.OneOf(["true", "false"]);
    private static readonly OutputLanguage Digit = OutputLanguage.OneOf("0123456789".Select(static digit => digit.ToString()));
    private static readonly OutputLanguage FirstDigit = OutputLanguage.OneOf("123456789".Select(static digit => digit.ToString()));
    private static readonly OutputLanguage Decimals = OutputLanguage.Sequence(OutputLanguage.Text("."), OutputLanguage.Repeat(Digit, 1, 3));

    private readonly OutputLanguage _scalar = OutputLanguage.OneOf(spans.Text, Truth, FreeNumber(null, null, whole: false));
    private readonly OutputLanguage? _place = places.Count > 0 ? OutputLanguage.OneOf(places.Select(Json)) : null;

    /// <returns>Null where no value is possible: a place where the robot knows none.</returns>
    internal OutputLanguage? Of(SkillParameter parameter) => parameter.Kind switch
    {
        ParameterKind.Number or ParameterKind.Integer => Number(parameter),
        ParameterKind.Boolean => Truth,
        ParameterKind.Choice => OutputLanguage.OneOf(parameter.Choices.Select(Json)),
        ParameterKind.Place => _place,
        ParameterKind.Places => _place is null ? null : Array(_place, least: 1),
        ParameterKind.Thing => spans.Thing,
        ParameterKind.Text => String(parameter.Schema, parameter.Name, parameter.Description),
        _ => Schema(parameter.Schema, parameter.Name, depth: 0),
    };

    private OutputLanguage Number(SkillParameter parameter)
    {
        if (numbers?.ValuesFor(parameter) is { Count: > 0 } said)
            return OutputLanguage.OneOf(said.Select(NumberGrounding.Write));
        return FreeNumber(parameter.Minimum, parameter.Maximum, parameter.Kind == ParameterKind.Integer);
    }

    /// <summary>Digits bounded by the range; the range itself is the critic's matter.</summary>
    private static OutputLanguage FreeNumber(double? minimum, double? maximum, bool whole)
    {
        var largest = Math.Max(Math.Abs(minimum ?? 999_999), Math.Abs(maximum ?? 999_999));
        var more = Math.Clamp((int)Math.Log10(Math.Max(largest, 1)), 0, 8);
        string[] signs = minimum is >= 0 ? [""] : maximum is <= 0 ? ["-"] : ["", "-"];
        return OutputLanguage.Sequence(
            OutputLanguage.OneOf(signs),
            OutputLanguage.OneOf(OutputLanguage.Text("0"), OutputLanguage.Sequence(FirstDigit, OutputLanguage.Repeat(Digit, 0, more))),
            whole ? OutputLanguage.Nothing : OutputLanguage.Optional(Decimals));
    }

    /// <summary>A string of no declared kind: its name tells whether the order's places, things or words are meant.</summary>
    private OutputLanguage String(JsonElement schema, string name, string? description)
    {
        if (schema.TryGetProperty("x-kind", out _))
            return spans.Text;
        var words = ParameterUnits.SplitName(name);
        if (_place is not null && (words.Exists(IsPlace) || (description is not null && words.Count == 1 && Mentions(description, PlaceHints))))
            return OutputLanguage.OneOf(_place, spans.Thing);
        return words.Exists(word => ThingHints.Contains(word)) ? spans.Thing : OutputLanguage.OneOf(spans.Text, spans.Thing);
    }

    private static bool IsPlace(string word) => PlaceHints.Contains(word);

    private static bool Mentions(string description, string[] hints) =>
        description.Split(' ', ',', '.', ';').Any(word => hints.Contains(word.ToLowerInvariant()));

    /// <summary>Any other JSON Schema, as far as a plan's arguments use it; what goes beyond becomes a scalar, which the critic checks.</summary>
    private OutputLanguage Schema(JsonElement schema, string name, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth >= MaxDepth)
            return _scalar;
        if (schema.TryGetProperty("const", out var constant))
            return OutputLanguage.Text(constant.GetRawText());
        if (schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array && values.GetArrayLength() > 0)
            return OutputLanguage.OneOf(values.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.String ? Json(value.GetString()!) : value.GetRawText()));
        foreach (var keyword in (ReadOnlySpan<string>)["anyOf", "oneOf"])
        {
            if (schema.TryGetProperty(keyword, out var ways) && ways.ValueKind == JsonValueKind.Array && ways.GetArrayLength() > 0)
                return OutputLanguage.OneOf(ways.EnumerateArray().Select(way => Schema(way, name, depth + 1)));
        }
        if (!schema.TryGetProperty("type", out var type))
            return _scalar;
        if (type.ValueKind == JsonValueKind.Array && type.GetArrayLength() > 0)
            return OutputLanguage.OneOf(type.EnumerateArray().Select(one => Type(schema, one.ToString(), name, depth)));
        return Type(schema, type.ToString(), name, depth);
    }

    private OutputLanguage Type(JsonElement schema, string type, string name, int depth) => type switch
    {
        "number" => FreeNumber(null, null, whole: false),
        "integer" => FreeNumber(null, null, whole: true),
        "boolean" => Truth,
        "null" => OutputLanguage.Text("null"),
        "string" => String(schema, name, null),
        "array" => Array(schema.TryGetProperty("items", out var items) ? Schema(items, name, depth + 1) : _scalar, least: 0),
        "object" => Object(schema, depth),
        _ => _scalar,
    };

    private static OutputLanguage Array(OutputLanguage item, int least)
    {
        var items = OutputLanguage.Sequence(item, OutputLanguage.Repeat(OutputLanguage.Sequence(OutputLanguage.Text(","), item), 0, MaxItems - 1));
        return OutputLanguage.Sequence(OutputLanguage.Text("["), least > 0 ? items : OutputLanguage.Optional(items), OutputLanguage.Text("]"));
    }

    private OutputLanguage Object(JsonElement schema, int depth)
    {
        if (!schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
            return OutputLanguage.Text("{}");
        var members = properties.EnumerateObject().Take(SkillSchema.MaxParameters)
            .Select((property, i) => OutputLanguage.Sequence(OutputLanguage.Text($"{(i > 0 ? "," : "")}{Json(property.Name)}:"), Schema(property.Value, property.Name, depth + 1)));
        return OutputLanguage.Sequence([OutputLanguage.Text("{"), .. members, OutputLanguage.Text("}")]);
    }

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value}\"";
}
