using System.Text.Json.Nodes;

namespace EdgeMas.Grammar.Tests.Ajv;

/// <summary>Values that try to fulfil a schema, without much care, and values with something changed.</summary>
internal sealed class RandomInstance(Random random, JsonObject root)
{
    private readonly RandomSchema _any = new(random, []);

    internal JsonNode? Make() => Follow(root, 6);

    /// <summary>The value with one thing in it replaced, added or taken away.</summary>
    internal JsonNode? Mutate(JsonNode? value)
    {
        switch (value?.DeepClone())
        {
            case JsonArray { Count: > 0 } array when random.Next(4) > 0:
                var at = random.Next(array.Count);
                if (random.Next(3) == 0)
                    array.RemoveAt(at);
                else if (random.Next(2) == 0)
                    array.Insert(at, random.Next(2) == 0 ? array[at]?.DeepClone() : _any.Value(1));
                else
                    array[at] = Mutate(array[at]);
                return array;
            case JsonObject map when random.Next(4) > 0:
                var name = map.Count > 0 && random.Next(2) == 0 ? map.ElementAt(random.Next(map.Count)).Key : Pick(RandomSchema.Names);
                if (random.Next(3) == 0)
                    map.Remove(name);
                else
                    map[name] = map.TryGetPropertyValue(name, out var old) && random.Next(2) == 0 ? Mutate(old) : _any.Value(1);
                return map;
            default:
                return _any.Value(2);
        }
    }

    private JsonNode? Follow(JsonNode? schema, int depth)
    {
        if (schema is not JsonObject map || depth == 0)
            return _any.Value(1);
        if (map["const"] is { } only)
            return only.DeepClone();
        if (map["enum"] is JsonArray listed)
            return Pick(listed)?.DeepClone();
        if (map["$ref"] is { } reference)
            return Follow(root["$defs"]![((string)reference!)["#/$defs/".Length..]], depth - 1);
        foreach (var keyword in (string[])["anyOf", "oneOf", "allOf"])
        {
            if (map[keyword] is JsonArray parts && random.Next(2) == 0)
                return Follow(Pick(parts), depth - 1);
        }
        var type = map["type"] switch
        {
            JsonArray several => (string)Pick(several)!,
            { } one => (string)one!,
            null => map.Any(static k => k.Key is "properties" or "required" or "additionalProperties" or "patternProperties") ? "object" : map.ContainsKey("items") ? "array" : "any",
        };
        return type switch
        {
            "null" => null,
            "boolean" => JsonValue.Create(random.Next(2) == 0),
            "integer" or "number" => JsonNode.Parse(Pick(RandomSchema.Numbers)),
            "string" => JsonValue.Create(Pick(RandomSchema.Strings)),
            "array" => Array(map, depth - 1),
            "object" => Object(map, depth - 1),
            _ => _any.Value(2),
        };
    }

    private JsonArray Array(JsonObject schema, int depth)
    {
        var least = (int?)schema["minItems"] ?? 0;
        var count = Math.Max(least, random.Next(4));
        return new JsonArray([.. Enumerable.Range(0, Math.Min(count, (int?)schema["maxItems"] ?? count)).Select(place =>
            schema["prefixItems"] is JsonArray prefix && place < prefix.Count ? Follow(prefix[place], depth)
            : schema["contains"] is { } wanted && random.Next(2) == 0 ? Follow(wanted, depth)
            : Follow(schema["items"], depth))]);
    }

    private JsonObject Object(JsonObject schema, int depth)
    {
        var value = new JsonObject();
        var properties = schema["properties"] as JsonObject ?? [];
        foreach (var name in (schema["required"] as JsonArray)?.Select(static name => (string)name!) ?? [])
            value[name] = Follow(properties[name] ?? schema["additionalProperties"], depth);
        foreach (var (name, part) in properties)
        {
            if (random.Next(3) > 0)
                value[name] = Follow(part, depth);
        }
        if (!(schema["additionalProperties"] is JsonValue closed && closed.TryGetValue(out bool open) && !open) && random.Next(2) == 0)
        {
            var name = Pick(RandomSchema.Names);
            if (!value.ContainsKey(name))
                value[name] = Follow(schema["additionalProperties"], depth);
        }
        return value;
    }

    private T Pick<T>(IList<T> among) => among[random.Next(among.Count)];
}
