using System.Text;
using EdgeMas.Core.Models;
using EdgeMas.Grammar.Constraints;
using EdgeMas.Grammar.Machine;
using EdgeMas.Grammar.Schemas;
using EdgeMas.Grammar.Vocabulary;

namespace EdgeMas.Grammar.Tests.Vocabulary;

public sealed class MaskTests
{
    private static readonly TokenVocabulary Rich = new(ListedTokenizer.Rich);

    public static TheoryData<string> Schemas => [
        """{}""",
        """{"type":"string"}""",
        """{"type":"string","minLength":2,"maxLength":5}""",
        """{"type":"string","maxLength":300}""",
        """{"type":"string","pattern":"^[a-z€]+$"}""",
        """{"type":["string","null","number"]}""",
        """{"type":"integer","minimum":-12,"maximum":120}""",
        """{"type":"number","multipleOf":0.25}""",
        """{"enum":["red","green","re",1,1.5,null,true,{"a":[1]},[]]}""",
        """{"type":"object","properties":{"name":{"type":"string"},"kind":{"enum":["foo","bar"]}},"required":["name"],"additionalProperties":false}""",
        """{"type":"object","properties":{"name":{"type":"string"},"a":{}},"minProperties":1}""",
        """{"type":"object","patternProperties":{"^a":{"type":"integer"}},"additionalProperties":{"type":"boolean"}}""",
        """{"type":"array","items":{"enum":["red","green"]},"uniqueItems":true,"minItems":1}""",
        """{"type":"array","contains":{"const":"ab"},"maxContains":2,"maxItems":5}""",
        """{"type":"array","prefixItems":[{"type":"string"},{"type":"number"}],"items":false,"minItems":1}""",
        """{"anyOf":[{"type":"object","properties":{"a":{"const":1}},"required":["a"]},{"type":"object","properties":{"b":{"const":"xx"}},"required":["b"]}]}""",
        """{"$ref":"#/$defs/tree","$defs":{"tree":{"type":"object","properties":{"value":{"type":"integer"},"items":{"type":"array","items":{"$ref":"#/$defs/tree"}}},"required":["value"],"additionalProperties":false}}}""",
        """{"type":"string","format":"date-time"}""",
        """{"type":"string","format":"email"}""",
        """{"not":{"type":["object","array"]}}""",
        """{"type":"object","minProperties":1,"maxProperties":2,"dependentRequired":{"a":["b"]},"propertyNames":{"pattern":"^[ab]$"}}""",
    ];

    [Theory]
    [MemberData(nameof(Schemas))]
    public void A_mask_has_exactly_the_tokens_that_can_be_read(string schema)
    {
        foreach (var order in Enum.GetValues<PropertyOrder>())
        {
            foreach (var free in (bool[])[false, true])
            {
                var grammar = CompiledGrammar.FromSchema(schema, new SchemaOptions { Order = order, FreeWhitespace = free });
                for (var seed = 0; seed < 10; seed++)
                    Walk(grammar, Rich, new Random(seed), 60, (state, mask) => AssertExact(grammar, Rich, state, mask));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Kept_masks_and_made_ones_are_the_same(string schema)
    {
        var grammar = CompiledGrammar.FromSchema(schema);
        for (var round = 0; round < 2; round++)
            Walk(grammar, Rich, new Random(5), 40, (state, mask) => AssertExact(grammar, Rich, state, mask));
    }

    [Fact]
    public void Random_vocabularies_are_masked_exactly()
    {
        foreach (var (schema, seed) in Schemas.Select((row, i) => (row.Data, i)))
        {
            var random = new Random(seed);
            var tokens = Enumerable.Range(0, 400).Select(i => i < 256 ? [(byte)i] : RandomToken(random)).ToList();
            var vocabulary = new TokenVocabulary(new ListedTokenizer(tokens));
            var grammar = CompiledGrammar.FromSchema(schema);
            Walk(grammar, vocabulary, random, 80, (state, mask) => AssertExact(grammar, vocabulary, state, mask));
        }
    }

    [Theory]
    [InlineData('a')]
    [InlineData('"')]
    [InlineData(0x80)]
    [InlineData(0xE2)]
    public void A_vocabulary_that_cannot_write_every_text_is_refused_by_its_byte(int missing)
    {
        var tokenizer = new ListedTokenizer([.. Enumerable.Range(0, 256).Select(value => value == missing ? [] : new[] { (byte)value }), [.. "abc"u8], [0xE2, 0x82, 0xAC]]);

        var error = Assert.Throws<VocabularyException>(() => new GrammarConstraint(CompiledGrammar.FromSchema("{}"), new TokenVocabulary(tokenizer)));

        Assert.Contains($"0x{missing:X2}", error.Message);
        var request = Assert.Throws<ModelException>(() => new GrammarConstraints("bert", tokenizer).CompileJson(null));
        Assert.Equal(("bert", ModelFault.Request), (request.Model, request.Fault));
    }

    [Theory]
    [InlineData("""{"type":"string","minLength":5,"maxLength":2}""")]
    [InlineData("""{"enum":[]}""")]
    [InlineData("""{"type":"array","items":{"$ref":"#"},"minItems":1}""")]
    public void A_schema_that_no_value_fulfils_is_the_askers_fault(string schema)
    {
        var error = Assert.Throws<ModelException>(() => new GrammarConstraints("m", ListedTokenizer.Rich).CompileJson(System.Text.Json.JsonDocument.Parse(schema).RootElement));

        Assert.Equal(ModelFault.Request, error.Fault);
        Assert.Contains("no value fulfils it", error.Message);
    }

    [Fact]
    public void Bytes_that_no_text_has_may_be_missing()
    {
        var vocabulary = new TokenVocabulary(new ListedTokenizer([.. Enumerable.Range(0, 256).Select(value => value is 0 or 0xC0 or 0xC1 or > 0xF4 ? [] : new[] { (byte)value })]));

        Assert.False(new GrammarConstraint(CompiledGrammar.FromSchema("{}"), vocabulary).IsComplete);
    }

    /// <summary>Walks at random over the masks, longer tokens first, until the text is whole or long enough.</summary>
    internal static byte[] Walk(CompiledGrammar grammar, TokenVocabulary vocabulary, Random random, int most, Action<GrammarState, uint[]> look)
    {
        var masks = grammar.MasksFor(vocabulary);
        var state = grammar.Machine.Start;
        var text = new List<byte>();
        var mask = new uint[vocabulary.Words];
        for (var step = 0; step < most; step++)
        {
            masks.Fill(state, mask);
            look(state, mask);
            var allowed = Enumerable.Range(0, vocabulary.Count).Where(token => (mask[token >> 5] & (1u << token)) != 0).ToArray();
            Assert.True(allowed.Length > 0 || state.Ends, $"dead end after {Encoding.UTF8.GetString([.. text])}");
            if (allowed.Length == 0 || (state.Ends && random.Next(4) == 0))
                break;
            var bytes = vocabulary.BytesOf(allowed[random.Next(allowed.Length)]);
            text.AddRange(bytes.Span);
            state = grammar.Machine.Step(state, bytes.Span);
        }
        return [.. text];
    }

    private static void AssertExact(CompiledGrammar grammar, TokenVocabulary vocabulary, GrammarState state, uint[] mask)
    {
        for (var token = 0; token < vocabulary.Count; token++)
        {
            var bytes = vocabulary.BytesOf(token).Span;
            var readable = !bytes.IsEmpty && !grammar.Machine.Step(state, bytes).IsDead;
            Assert.True(readable == ((mask[token >> 5] & (1u << token)) != 0), $"token {token} '{Encoding.UTF8.GetString(bytes)}' should be {(readable ? "allowed" : "forbidden")}");
        }
    }

    private static byte[] RandomToken(Random random)
    {
        const string Pieces = "{}[]\",:\\ \nabre01-.eé€tu";
        return random.Next(10) == 0
            ? [.. Enumerable.Range(0, random.Next(4)).Select(_ => (byte)random.Next(256))]
            : Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => Pieces[random.Next(Pieces.Length)])));
    }
}
