using System.Text;
using EdgeMas.Grammar.Constraints;
using EdgeMas.Grammar.Schemas;
using EdgeMas.Grammar.Tests.Vocabulary;
using EdgeMas.Grammar.Vocabulary;

namespace EdgeMas.Grammar.Tests.Constraints;

public sealed class ForcedRunTests
{
    private const string OneName = """{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}""";

    /// <summary>Token healing: where the forced bytes end, a longer token may begin with the last of them, and the model has to be asked.</summary>
    [Theory]
    [InlineData("{\"|a|\":\"", "{\"|a|\":\"")]
    [InlineData("{\"|a|\":\"|\":\"x", "{\"|a")]
    [InlineData("{\"|a|\":\"|a\":\"", "{\"|a\":\"")]
    [InlineData("{\"|a|\":\"|a\":\"x", "{\"")]
    [InlineData("{\"|a|\":\"|{\"a\":\"}", "")] // a brace may stand in the string
    [InlineData("{\"|a|\":\"|{\"a\":\"\n", "{\"|a|\":\"")] // a line's end may not: what can never be read holds nothing back
    [InlineData("", "{|\"|a|\"|:|\"")]
    public void A_run_ends_before_a_token_that_a_longer_one_could_replace(string tokens, string forced)
    {
        var vocabulary = new TokenVocabulary(new ListedTokenizer([.. Bytes(), .. tokens.Split('|').Select(Encoding.UTF8.GetBytes)]));
        var constraint = new GrammarConstraint(CompiledGrammar.FromSchema(OneName), vocabulary);
        Span<int> taken = stackalloc int[16];

        var count = constraint.TakeForced(taken);

        Assert.Equal(forced, string.Join('|', taken[..count].ToArray().Select(token => Encoding.UTF8.GetString(vocabulary.BytesOf(token).Span))));
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"name":{"enum":["red","green"]},"items":{"type":"array","items":{"const":"foo"},"minItems":2,"maxItems":2}},"required":["name","items"],"additionalProperties":false}""", """{"name":"green","items":["foo","foo"]}""", 10)]
    [InlineData("""{"type":"array","items":{"type":"object","properties":{"kind":{"const":"abc"},"value":{"type":"string"}},"required":["kind","value"],"additionalProperties":false}}""", """[{"kind":"abc","value":"ab€"},{"kind":"abc","value":""}]""", 5)]
    [InlineData("""{"type":"object","properties":{"name":{"type":"string","format":"date"}},"required":["name"],"additionalProperties":false}""", """{"name":"2024-01-01"}""", 3)]
    public void Forced_tokens_are_those_of_the_whole_texts_own_cut(string schema, string text, int least)
    {
        var vocabulary = new TokenVocabulary(ListedTokenizer.Rich);
        var constraint = new GrammarConstraint(CompiledGrammar.FromSchema(schema, new SchemaOptions { Order = PropertyOrder.Declared }), vocabulary);
        var tokens = vocabulary.Tokenize(text).AsSpan();
        Span<int> taken = stackalloc int[64];
        var forced = 0;
        while (!tokens.IsEmpty)
        {
            var count = constraint.TakeForced(taken);
            Assert.Equal(taken[..count].ToArray(), tokens[..Math.Min(count, tokens.Length)].ToArray());
            forced += count;
            tokens = tokens[count..];
            if (count > 0 || tokens.IsEmpty)
                continue;
            constraint.Accept(tokens[0]);
            tokens = tokens[1..];
        }

        Assert.True(constraint.IsComplete);
        Assert.InRange(forced, least, int.MaxValue);
    }

    private static IEnumerable<byte[]> Bytes() => Enumerable.Range(0, 256).Select(static value => new[] { (byte)value });
}
