using System.Text.Json.Nodes;

namespace EdgeMas.Grammar.Tests.Ajv;

/// <summary>Schemas made at random of the keywords that the grammars claim, small enough that instances meet their conditions now and then.</summary>
/// <param name="formats">Formats on which the standard and ajv agree for what the test does with them.</param>
internal sealed class RandomSchema(Random random, IReadOnlyList<string> formats)
{
    /// <summary>Not the empty name: ajv takes it for present where it is required.</summary>
    internal static readonly string[] Names = ["a", "b", "c", "ab", "é", "a b"];
    internal static readonly string[] Numbers = ["0", "1", "2", "3", "-1", "1.5", "2.0", "0.25", "1e1", "-0", "12", "7", "-2.5", "100"];
    internal static readonly string[] Strings = ["", "a", "ab", "abc", "b", "é", "😀x", "a\"\\", "12", "a\n", "2024-02-29", "10.0.0.1", "c"];

    private const int Definitions = 3;
    private static readonly string[] Patterns = ["^a", "b$", "^[ab]+$", "a|é", "^.{2}$", "\\d", "^(ab?)*c?$", "^[^a]*$", "^$", "(?=a)", "^(?!b)"];
    private static readonly string[] Types = ["null", "boolean", "integer", "number", "string", "array", "object"];

    internal JsonObject Make()
    {
        var definitions = new JsonObject();
        for (var i = 0; i < Definitions; i++)
            definitions[$"d{i}"] = Part(1);
        var schema = Part(3) as JsonObject ?? [];
        schema["$defs"] = definitions;
        return schema;
    }

    private JsonNode Part(int depth)
    {
        switch (random.Next(40))
        {
            case 0: return JsonValue.Create(true);
            case 1: return JsonValue.Create(false);
            case 2: return new JsonObject();
            case 3: return new JsonObject { ["$ref"] = $"#/$defs/d{random.Next(Definitions)}" };
        }
        var schema = new JsonObject();
        string[] types = [.. Enumerable.Range(0, random.Next(5) == 0 ? 2 : 1).Select(_ => Pick(Types)).Distinct()];
        if (random.Next(5) > 0)
            schema["type"] = types.Length == 1 ? types[0] : new JsonArray([.. types.Select(static type => JsonValue.Create(type))]);
        foreach (var type in types)
            AddFor(schema, type, depth);
        if (random.Next(8) == 0)
            AddFor(schema, Pick(Types), depth);
        if (random.Next(9) == 0)
            schema["enum"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Value(2))]);
        if (random.Next(20) == 0)
            schema["const"] = Value(2);
        if (depth > 0 && random.Next(3) == 0)
            Combine(schema, depth - 1);
        if (schema.ContainsKey("prefixItems"))
            schema.Remove("contains"); // beside each other, ajv lets an empty array contain anything
        return schema;
    }

    /// <summary>Any value.</summary>
    internal JsonNode? Value(int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(2) == 0),
        2 or 3 => JsonNode.Parse(Pick(Numbers)),
        4 or 5 => JsonValue.Create(Pick(Strings)),
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth - 1))]),
        _ => Object(Enumerable.Range(0, random.Next(4)).Select(_ => Pick(Names)).Distinct(), _ => Value(depth - 1)),
    };

    private void AddFor(JsonObject schema, string type, int depth)
    {
        for (var i = random.Next(4); i > 0; i--)
        {
            switch (type)
            {
                case "integer" or "number":
                    AddNumeric(schema);
                    break;
                case "string":
                    AddString(schema);
                    break;
                case "array" when depth > 0:
                    AddArray(schema, depth - 1);
                    break;
                case "object" when depth > 0:
                    AddObject(schema, depth - 1);
                    break;
            }
        }
    }

    private void AddNumeric(JsonObject schema)
    {
        var keyword = Pick(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]);
        schema[keyword] = JsonNode.Parse(keyword == "multipleOf" ? Pick(["1", "2", "3", "0.5", "0.25", "5"]) : Pick(Numbers));
    }

    private void AddString(JsonObject schema)
    {
        switch (random.Next(4))
        {
            case 0:
                schema["minLength"] = random.Next(4);
                break;
            case 1:
                schema["maxLength"] = random.Next(5);
                break;
            case 2:
                schema["pattern"] = Pick(Patterns);
                break;
            default:
                schema["format"] = Pick(formats);
                break;
        }
    }

    private void AddArray(JsonObject schema, int depth)
    {
        switch (random.Next(8))
        {
            case 0 or 1:
                schema["items"] = Part(depth);
                break;
            case 2:
                schema["prefixItems"] = Several(depth);
                break;
            case 3:
                schema["contains"] = Part(Math.Min(depth, 1));
                break;
            case 4:
                schema["contains"] = Part(0);
                schema[Pick(["minContains", "maxContains"])] = random.Next(4);
                break;
            case 5:
                schema["minItems"] = random.Next(4);
                break;
            case 6:
                schema["maxItems"] = random.Next(5);
                break;
            default:
                schema["uniqueItems"] = random.Next(4) > 0;
                break;
        }
    }

    private void AddObject(JsonObject schema, int depth)
    {
        switch (random.Next(11))
        {
            case 0 or 1 or 2:
                schema["properties"] = Object(SomeNames(), _ => Part(depth));
                break;
            case 3:
                schema["required"] = new JsonArray([.. SomeNames().Select(static name => JsonValue.Create(name))]);
                break;
            case 4 or 5:
                schema["additionalProperties"] = random.Next(2) == 0 ? JsonValue.Create(false) : Part(depth);
                break;
            case 6:
                schema["patternProperties"] = Object([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Pick(Patterns)).Distinct()], _ => Part(depth));
                break;
            case 7:
                schema["propertyNames"] = Part(0);
                break;
            case 8:
                schema["minProperties"] = random.Next(4);
                break;
            case 9:
                schema["maxProperties"] = random.Next(4);
                break;
            default:
                schema["dependentRequired"] = Object(SomeNames(), _ => new JsonArray([.. SomeNames().Select(static name => JsonValue.Create(name))]));
                break;
        }
    }

    private void Combine(JsonObject schema, int depth)
    {
        switch (random.Next(8))
        {
            case 0:
                schema["allOf"] = Several(depth);
                break;
            case 1 or 2:
                schema["anyOf"] = Several(depth);
                break;
            case 3 or 4:
                schema["oneOf"] = Several(depth);
                break;
            case 5:
                schema["not"] = Part(depth);
                break;
            case 6:
                schema["if"] = Part(depth);
                schema[Pick(["then", "else"])] = Part(depth);
                schema[Pick(["then", "else"])] = Part(depth);
                break;
            default:
                schema["dependentSchemas"] = Object(SomeNames(), _ => Part(depth));
                break;
        }
    }

    private JsonArray Several(int depth) => new([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Part(depth))]);

    private IEnumerable<string> SomeNames() => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(Names)).Distinct()];

    private static JsonObject Object(IEnumerable<string> names, Func<string, JsonNode?> value) => new(names.Select(name => KeyValuePair.Create(name, value(name))));

    private T Pick<T>(IReadOnlyList<T> among) => among[random.Next(among.Count)];
}
