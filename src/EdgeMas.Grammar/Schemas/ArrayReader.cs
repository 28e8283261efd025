using System.Text.Json;

namespace EdgeMas.Grammar.Schemas;

/// <summary>Reads the keywords for arrays.</summary>
internal sealed class ArrayReader(SchemaDocument document, SchemaSets sets, KeywordReader keywords)
{
    internal ArrayShape Read(Subschema schema)
    {
        var element = schema.Element;
        var rest = sets.Any;
        IReadOnlyList<SchemaSet> prefix = [];
        var hasItems = element.TryGetProperty("items", out var items);
        if (hasItems && items.ValueKind == JsonValueKind.Array)
        {
            if (!document.Legacy)
                throw schema.Refuse("items", "an array of schemas is 'prefixItems' since draft 2020-12");
            prefix = [.. items.EnumerateArray().Select((item, index) => keywords.SetOf(document.Child(schema, item, "items", index.ToString(System.Globalization.CultureInfo.InvariantCulture))))];
            if (element.TryGetProperty("additionalItems", out var more))
                rest = keywords.One(schema, "additionalItems", more);
        }
        else if (hasItems)
        {
            rest = keywords.One(schema, "items", items);
        }
        if (!document.Legacy && element.TryGetProperty("prefixItems", out var first))
            prefix = keywords.Several(schema, "prefixItems", first);
        return new ArrayShape(prefix, rest, KeywordReader.ReadCount(schema, "minItems") ?? 0, KeywordReader.ReadMost(schema, "maxItems"), ReadContains(schema), ReadUnique(schema));
    }

    private IReadOnlyList<(SchemaSet, int, int?)> ReadContains(Subschema schema)
    {
        if (!schema.Element.TryGetProperty("contains", out var contains))
            return [];
        var least = KeywordReader.ReadCount(schema, "minContains") ?? 1;
        var most = KeywordReader.ReadMost(schema, "maxContains");
        return least == 0 && most is null ? [] : [(keywords.One(schema, "contains", contains), least, most)];
    }

    private static bool ReadUnique(Subschema schema) => schema.Element.TryGetProperty("uniqueItems", out var unique) && unique.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw schema.Refuse("uniqueItems", "it is true or false"),
    };
}
