using System.Text.Json;
using EdgeMas.Grammar.Constraints;
using EdgeMas.Grammar.Schemas;
using EdgeMas.Grammar.Tests.Vocabulary;
using EdgeMas.Grammar.Vocabulary;

namespace EdgeMas.Grammar.Tests.Schemas;

public sealed class VerdictTests
{
    [Theory]
    [InlineData("false")]
    [InlineData("""{"allOf":[{"type":"string"},{"type":"number"}]}""")]
    [InlineData("""{"type":"string","pattern":"^[^\\s\\S]"}""")]
    [InlineData("""{"type":"array","minItems":3,"maxItems":2}""")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"type":"object","properties":{"a":{"$ref":"#/$defs/a"}},"required":["a"]}}}""")]
    public void A_schema_that_nothing_fulfils_has_verdicts_but_no_constraint(string schema)
    {
        var grammar = CompiledGrammar.FromSchema(schema);

        Assert.True(grammar.IsEmpty);
        Assert.All(["1", "\"a\"", "[]", "[1,2,3]", "{}", "{\"a\":{}}", "null"], text => Assert.False(grammar.Accepts(text)));
        Assert.Throws<SchemaException>(() => new GrammarConstraint(grammar, new TokenVocabulary(ListedTokenizer.Rich)));
    }

    [Theory]
    [InlineData("""{"const":"\ud800"}""")]
    [InlineData("""{"properties":{"\udc00":{}}}""")]
    [InlineData("""{"type":"string","pattern":"\ud800"}""")]
    [InlineData("""{"$ref":"#/\ud800"}""")]
    public void A_schema_with_half_of_a_surrogate_pair_is_refused(string schema) =>
        Assert.Contains("surrogate", Assert.Throws<SchemaException>(() => CompiledGrammar.FromSchema(schema)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""["\ud800"]""")]
    [InlineData("""[{"\udc00":1}]""")]
    public void A_value_with_half_of_a_surrogate_pair_belongs_to_no_grammar(string value)
    {
        var grammar = CompiledGrammar.FromSchema("true");

        Assert.False(grammar.Accepts(Value(value)));
        Assert.Contains("surrogate", grammar.Objection(Value(value)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xn--ihqwcrb4cv8a8dqg056pqjye")]
    [InlineData("www.XN--X")]
    public void No_verdict_is_given_on_host_names_of_other_alphabets(string name)
    {
        var grammar = CompiledGrammar.FromSchema("""{"type":"array","items":{"anyOf":[{"format":"hostname"},{"type":"integer"}]}}""");

        Assert.True(grammar.Accepts(Value("""["www.example.com",7]""")));
        Assert.False(grammar.Accepts(Value("""["-a"]""")));
        Assert.Contains("format", Assert.Throws<SchemaException>(() => grammar.Accepts(Value($"[\"{name}\"]"))).Message, StringComparison.Ordinal);
        Assert.Throws<SchemaException>(() => grammar.Objection(Value($"[{{\"{name}\":1}}]")));
    }

    [Theory]
    [InlineData("""{"type":"array","uniqueItems":true,"items":{"type":"string"}}""", "uniqueItems")]
    [InlineData("""{"properties":{"inner":{"type":"object","minProperties":3}}}""", "minProperties")]
    [InlineData("""{"properties":{"inner":{"unevaluatedProperties":false}}}""", "unevaluatedProperties")]
    public void What_needs_a_memory_of_all_that_was_written_is_refused(string schema, string keyword)
    {
        var refusal = Assert.Throws<SchemaException>(() => CompiledGrammar.FromSchema(schema));

        Assert.Contains(keyword, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(schema.Contains("inner", StringComparison.Ordinal) ? "/properties/inner" : "", refusal.Pointer);
    }

    /// <summary>Readers take the last of properties with the same name; the one that fulfils the condition must not be undone by it.</summary>
    [Theory]
    [InlineData("""{"type":"object","not":{"additionalProperties":{"type":"integer"}}}""", """{"x":"a","x":1}""")]
    [InlineData("""{"type":"object","not":{"patternProperties":{"^x":{"type":"integer"}}}}""", """{"x":"a","x":1}""")]
    [InlineData("""{"type":"object","properties":{"a":{}},"not":{"properties":{"a":{}},"additionalProperties":{"maximum":3}}}""", """{"b":4,"b":3}""")]
    [InlineData("""{"type":"object","not":{"additionalProperties":false}}""", """{"x":"a","x":1,"y":{}}""")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"},"minProperties":1}""", """{"x":2,"x":1}""")]
    [InlineData("""{"type":"object","properties":{"x":{"type":"integer"}},"required":["x"]}""", """{"x":2,"x":1}""")]
    public void A_name_that_comes_twice_makes_no_text_whose_value_is_not_valid(string schema, string text)
    {
        CompiledGrammar grammar;
        try
        {
            grammar = CompiledGrammar.FromSchema(schema);
        }
        catch (SchemaException refusal)
        {
            Assert.Contains("come again", refusal.Message, StringComparison.Ordinal);
            return;
        }
        Assert.True(!grammar.Accepts(text) || grammar.Accepts(Value(text)), "the text is allowed and its value is not valid");
    }

    private static JsonElement Value(string json) => JsonDocument.Parse(json).RootElement;
}
