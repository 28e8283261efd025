using EdgeMas.Grammar.Schemas;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>
/// Walks masks of a schema that has a bit of everything, so that the first order is not the one that waits for the just-in-time compiler.
/// </summary>
internal static class Rehearsal
{
    private const int Tokens = 200;

    private const string Schema = """
        {"type":"array","maxItems":4,"items":{"anyOf":[
          {"type":"object","properties":{"name":{"const":"drive"},"arguments":{"type":"object","properties":{"distance":{"type":"number","minimum":-20,"maximum":20},"count":{"type":"integer"}},
            "required":["distance"],"additionalProperties":false},"when":{"enum":["found","not found"]}},"required":["name","arguments"],"additionalProperties":false},
          {"type":"object","properties":{"name":{"const":"say"},"text":{"type":"string","minLength":1,"maxLength":40},"code":{"type":"string","pattern":"^[a-z]{1,8}$"}},"required":["name"]},
          {"type":["boolean","null","string"]}]}}
        """;

    internal static void Run(TokenVocabulary vocabulary)
    {
        foreach (var options in (ReadOnlySpan<SchemaOptions>)[new() { FreeWhitespace = true }, new() { Order = PropertyOrder.Declared }])
        {
            var grammar = CompiledGrammar.FromSchema(Schema, options);
            var masks = grammar.MasksFor(vocabulary);
            var mask = new uint[vocabulary.Words];
            var state = grammar.Machine.Start;
            var turn = 0;
            for (var i = 0; i < Tokens; i++)
            {
                masks.Fill(state, mask);
                masks.ForcedIn(state);
                var token = Choose(mask, turn += 7_919);
                state = token < 0 ? grammar.Machine.Start : grammar.Machine.Step(state, vocabulary.BytesOf(token).Span);
            }
        }
    }

    /// <returns>An allowed token, or −1.</returns>
    private static int Choose(uint[] mask, int turn)
    {
        for (var i = 0; i < mask.Length; i++)
        {
            var at = (turn + i) % mask.Length;
            if (mask[at] != 0)
                return (at << 5) + System.Numerics.BitOperations.TrailingZeroCount(mask[at]);
        }
        return -1;
    }
}
