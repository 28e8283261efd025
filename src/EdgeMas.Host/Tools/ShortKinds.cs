using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeMas.Core;

namespace EdgeMas.Host.Tools;

/// <summary>
/// The short way to write a tool's arguments: <c>{"distance_m": "number", "place": "place", "state": ["on", "off"]}</c>. Kinds: number, integer, boolean,
/// place, places, thing, text (or string); a list means a choice; an object is a JSON Schema of the one argument.
/// </summary>
internal static class ShortKinds
{
    /// <param name="where">For messages.</param>
    /// <returns>A JSON Schema of type object.</returns>
    /// <exception cref="FormatException">Neither a schema nor short kinds.</exception>
    public static JsonElement ToSchema(JsonElement? given, string where)
    {
        if (given is not { } arguments)
            return ToElement([], []);
        if (arguments.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{where}: its arguments are a JSON Schema, or an object of kinds such as {{\"distance_m\": \"number\"}}");
        if (IsSchema(arguments))
            return arguments.Clone();
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var argument in arguments.EnumerateObject())
        {
            properties[argument.Name] = ToProperty(argument.Value, $"{where}, '{argument.Name}'");
            required.Add((JsonNode)argument.Name);
        }
        return ToElement(properties, required);
    }

    private static bool IsSchema(JsonElement arguments) =>
        (arguments.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("object"))
        || (arguments.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object);

    private static JsonNode ToProperty(JsonElement kind, string where)
    {
        switch (kind.ValueKind)
        {
            case JsonValueKind.Object:
                return JsonNode.Parse(kind.GetRawText())!;
            case JsonValueKind.Array when kind.GetArrayLength() > 0:
                return new JsonObject { ["enum"] = JsonNode.Parse(kind.GetRawText()) };
            case JsonValueKind.String:
                return kind.GetString() switch
                {
                    "number" or "float" => new JsonObject { ["type"] = "number" },
                    "integer" or "int" => new JsonObject { ["type"] = "integer" },
                    "boolean" or "bool" => new JsonObject { ["type"] = "boolean" },
                    "string" or "text" => new JsonObject { ["type"] = "string", ["x-kind"] = "text" },
                    "places" => new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" }, ["x-kind"] = "places" },
                    "place" or "thing" => new JsonObject { ["type"] = "string", ["x-kind"] = kind.GetString() },
                    var other => throw new FormatException($"{where}: '{other}' is none of number, integer, boolean, place, places, thing, text, nor a list of choices"),
                };
            default:
                throw new FormatException($"{where}: expected a kind such as \"number\", a list of choices, or a schema");
        }
    }

    private static JsonElement ToElement(JsonObject properties, JsonArray required)
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required, ["additionalProperties"] = false };
        return JsonSerializer.SerializeToElement(schema, EdgeMasJson.Default.JsonObject);
    }
}
