using System.Text.Json;
using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Patterns;

namespace EdgeMas.Grammar.Schemas;

/// <summary>Reads the keywords for objects.</summary>
internal sealed class ObjectReader(SchemaDocument document, SchemaSets sets, KeywordReader keywords)
{
    internal ObjectShape Read(Subschema schema)
    {
        var rules = new List<PropertyRule>();
        if (ReadProperties(schema) is { } rule)
            rules.Add(rule);
        if (schema.Element.TryGetProperty("propertyNames", out var names))
            rules.AddRange(ReadNames(schema, names));
        return new ObjectShape(
            rules,
            [.. ReadStrings(schema, "required", schema.Element).Order(StringComparer.Ordinal)],
            [.. ReadDependents(schema)],
            KeywordReader.ReadCount(schema, "minProperties") ?? 0,
            KeywordReader.ReadMost(schema, "maxProperties"),
            []);
    }

    private PropertyRule? ReadProperties(Subschema schema)
    {
        var element = schema.Element;
        var named = new Dictionary<string, SchemaSet>(StringComparer.Ordinal);
        var patterns = new List<(Dfa, SchemaSet)>();
        if (element.TryGetProperty("properties", out var properties))
        {
            foreach (var property in Entries(schema, "properties", properties))
                named[property.Name] = keywords.SetOf(document.Child(schema, property.Value, "properties", property.Name));
        }
        if (element.TryGetProperty("patternProperties", out var patterned))
        {
            foreach (var property in Entries(schema, "patternProperties", patterned))
                patterns.Add((keywords.Pattern(schema, "patternProperties", property.Name), keywords.SetOf(document.Child(schema, property.Value, "patternProperties", property.Name))));
        }
        var others = element.TryGetProperty("additionalProperties", out var additional) ? keywords.One(schema, "additionalProperties", additional) : sets.Any;
        return named.Count == 0 && patterns.Count == 0 && others.IsAny ? null : new PropertyRule(named, patterns, others);
    }

    private IEnumerable<PropertyRule> ReadNames(Subschema schema, JsonElement names)
    {
        var set = keywords.One(schema, "propertyNames", names);
        if (set.IsAny)
            yield break;
        var allowed = keywords.StringsOf(set).Select(static strings => strings.ToDfa()).Aggregate(Dfa.Empty, DfaBuilder.Unite);
        yield return new PropertyRule(new Dictionary<string, SchemaSet>(StringComparer.Ordinal), [(DfaBuilder.Subtract(PatternLanguage.All, allowed), sets.Never)], sets.Any);
    }

    private IEnumerable<(string, IReadOnlyList<string>)> ReadDependents(Subschema schema)
    {
        foreach (var keyword in (string[])["dependentRequired", "dependencies"])
        {
            if (!schema.Element.TryGetProperty(keyword, out var dependents))
                continue;
            foreach (var dependent in Entries(schema, keyword, dependents))
            {
                if (keyword == "dependentRequired" || dependent.Value.ValueKind == JsonValueKind.Array)
                    yield return (dependent.Name, [.. ReadStrings(schema, dependent.Name, dependents)]);
            }
        }
    }

    private static IEnumerable<JsonProperty> Entries(Subschema schema, string keyword, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : throw schema.Refuse(keyword, "it is an object");

    private IEnumerable<string> ReadStrings(Subschema schema, string keyword, JsonElement holder)
    {
        if (!holder.TryGetProperty(keyword, out var listed) || (keyword == "required" && listed.ValueKind is (JsonValueKind.True or JsonValueKind.False)))
            return []; // draft 3 wrote true beside the property
        if (listed.ValueKind != JsonValueKind.Array || listed.EnumerateArray().Any(static name => name.ValueKind != JsonValueKind.String))
            throw schema.Refuse(keyword, "it is an array of strings");
        return listed.EnumerateArray().Select(static name => name.GetString()!).Distinct(StringComparer.Ordinal);
    }
}
