using System.Text.Json;
using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Numbers;

namespace EdgeMas.Grammar.Schemas;

/// <summary>Turns a listed value into the set that holds it alone.</summary>
internal sealed class ConstantReader(SchemaDocument document, SchemaSets sets, KeywordReader keywords)
{
    internal Dfa Number(Subschema schema, JsonElement value) =>
        ExactDecimal.Parse(value.GetRawText()) is { } number ? NumberLanguage.Exactly(number) : throw schema.Refuse("const", $"{value.GetRawText()} has too many digits");

    internal ArrayShape Array(Subschema schema, JsonElement value) => ArrayShape.All(sets) with
    {
        Prefix = [.. value.EnumerateArray().Select(item => Constant(schema, item))],
        Rest = sets.Never,
        Least = value.GetArrayLength(),
        Most = value.GetArrayLength(),
    };

    internal ObjectShape Object(Subschema schema, JsonElement value)
    {
        var named = new Dictionary<string, SchemaSet>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
            named[property.Name] = Constant(schema, property.Value);
        return ObjectShape.All with { Rules = [new PropertyRule(named, [], sets.Never)], Required = [.. named.Keys.Order(StringComparer.Ordinal)] };
    }

    private SchemaSet Constant(Subschema origin, JsonElement value)
    {
        using var text = JsonDocument.Parse($"{{\"const\":{value.GetRawText()}}}", new JsonDocumentOptions { MaxDepth = SchemaDocument.MaxDepth });
        return keywords.SetOf(document.Invent(origin, text.RootElement.Clone()));
    }
}
