using System.Text.Json;
using EdgeMas.Core.Skills;
using EdgeMas.Reasoning.Quantities;

namespace EdgeMas.Reasoning.Constraints;

/// <summary>What a plan may write for one argument of a skill, as a GBNF expression.</summary>
/// <param name="numbers">The order's numbers, or null to leave numbers free.</param>
internal sealed class ArgumentRules(IReadOnlyList<string> places, NumberGrounding? numbers)
{
    internal const string Place = "place";
    internal const string Places = "places";
    internal const string Scalar = "scalar";
    private const int MaxItems = 8;
    private const int MaxDepth = 4;

    private static readonly string[] PlaceHints = ["place", "location", "destination", "spot", "room", "waypoint", "station", "site", "area", "zone"];
    private static readonly string[] ThingHints = ["object", "thing", "item", "target", "what", "label", "subject"];

    /// <returns>Null where no value is possible: a place where the robot knows none.</returns>
    internal string? Write(SkillParameter parameter) => parameter.Kind switch
    {
        ParameterKind.Number or ParameterKind.Integer => WriteNumber(parameter),
        ParameterKind.Boolean => "(\"true\" | \"false\")",
        ParameterKind.Choice => $"({Gbnf.Either(parameter.Choices.Select(Gbnf.JsonString))})",
        ParameterKind.Place => places.Count > 0 ? Place : null,
        ParameterKind.Places => places.Count > 0 ? Places : null,
        ParameterKind.Thing => OrderSpansGbnf.Thing,
        ParameterKind.Text => WriteString(parameter.Schema, parameter.Name, parameter.Description),
        _ => WriteSchema(parameter.Schema, parameter.Name, depth: 0),
    };

    private string WriteNumber(SkillParameter parameter)
    {
        if (numbers?.ValuesFor(parameter) is { Count: > 0 } said)
            return $"({Gbnf.Either(said.Select(value => Gbnf.Literal(Gbnf.Number(value))))})";
        return FreeNumber(parameter.Minimum, parameter.Maximum, parameter.Kind == ParameterKind.Integer);
    }

    /// <summary>Digits bounded by the range; the range itself is the critic's matter.</summary>
    private static string FreeNumber(double? minimum, double? maximum, bool whole)
    {
        var largest = Math.Max(Math.Abs(minimum ?? 999_999), Math.Abs(maximum ?? 999_999));
        var more = Math.Clamp((int)Math.Log10(Math.Max(largest, 1)), 0, 8);
        var sign = minimum is >= 0 ? "" : maximum is <= 0 ? "\"-\" " : "\"-\"? ";
        return $"({sign}(\"0\" | [1-9] [0-9]{{0,{more}}}){(whole ? "" : " (\".\" [0-9]{1,3})?")})";
    }

    /// <summary>A string of no declared kind: its name tells whether the order's places, things or words are meant.</summary>
    private string WriteString(JsonElement schema, string name, string? description)
    {
        if (schema.TryGetProperty("x-kind", out _))
            return OrderSpansGbnf.Text;
        var words = ParameterUnits.SplitName(name);
        if (places.Count > 0 && (words.Exists(IsPlace) || (description is not null && words.Count == 1 && Mentions(description, PlaceHints))))
            return $"({Place} | {OrderSpansGbnf.Thing})";
        return words.Exists(word => ThingHints.Contains(word)) ? OrderSpansGbnf.Thing : $"({OrderSpansGbnf.Text} | {OrderSpansGbnf.Thing})";
    }

    private static bool IsPlace(string word) => PlaceHints.Contains(word);

    private static bool Mentions(string description, string[] hints) =>
        description.Split(' ', ',', '.', ';').Any(word => hints.Contains(word.ToLowerInvariant()));

    /// <summary>Any other JSON Schema, as far as a plan's arguments use it; what goes beyond becomes a scalar, which the critic checks.</summary>
    private string WriteSchema(JsonElement schema, string name, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth >= MaxDepth)
            return Scalar;
        if (schema.TryGetProperty("const", out var constant))
            return Gbnf.Literal(constant.GetRawText());
        if (schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array && values.GetArrayLength() > 0)
            return $"({Gbnf.Either(values.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.String ? Gbnf.JsonString(value.GetString()!) : Gbnf.Literal(value.GetRawText())))})";
        foreach (var keyword in (ReadOnlySpan<string>)["anyOf", "oneOf"])
        {
            if (schema.TryGetProperty(keyword, out var ways) && ways.ValueKind == JsonValueKind.Array && ways.GetArrayLength() > 0)
                return $"({Gbnf.Either(ways.EnumerateArray().Select(way => WriteSchema(way, name, depth + 1)))})";
        }
        if (!schema.TryGetProperty("type", out var type))
            return Scalar;
        if (type.ValueKind == JsonValueKind.Array && type.GetArrayLength() > 0)
            return $"({Gbnf.Either(type.EnumerateArray().Select(one => WriteType(schema, one.ToString(), name, depth)))})";
        return WriteType(schema, type.ToString(), name, depth);
    }

    private string WriteType(JsonElement schema, string type, string name, int depth) => type switch
    {
        "number" => FreeNumber(null, null, whole: false),
        "integer" => FreeNumber(null, null, whole: true),
        "boolean" => "(\"true\" | \"false\")",
        "null" => "\"null\"",
        "string" => WriteString(schema, name, null),
        "array" => WriteArray(schema.TryGetProperty("items", out var items) ? WriteSchema(items, name, depth + 1) : Scalar),
        "object" => WriteObject(schema, depth),
        _ => Scalar,
    };

    private static string WriteArray(string item) => $"(\"[\" ({item} (\",\" {item}){{0,{MaxItems - 1}}})? \"]\")";

    private string WriteObject(JsonElement schema, int depth)
    {
        if (!schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
            return "\"{}\"";
        var members = properties.EnumerateObject().Take(SkillSchema.MaxParameters)
            .Select(property => $"{Gbnf.JsonString(property.Name)} \":\" {WriteSchema(property.Value, property.Name, depth + 1)}");
        return $"(\"{{\" {string.Join(" \",\" ", members)} \"}}\")";
    }
}
