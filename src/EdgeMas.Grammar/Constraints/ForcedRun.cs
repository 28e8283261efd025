using System.Text;
using EdgeMas.Grammar.Machine;
using EdgeMas.Grammar.Vocabulary;

namespace EdgeMas.Grammar.Constraints;

/// <summary>
/// The tokens that a state forces: the bytes without alternative, cut into tokens as the model's maker would. At the run's end a token may reach into what is
/// still open; tokens that a longer one could replace are left to the sampler (token healing).
/// </summary>
internal static class ForcedRun
{
    /// <summary>Bytes of a run that are cut at once.</summary>
    private const int MaxBytes = 512;

    internal static int[] Compute(MaskSource masks, GrammarState state)
    {
        var machine = masks.Machine;
        var bytes = new List<byte>();
        while (bytes.Count < MaxBytes && state.OnlyByte() is var next and >= 0)
        {
            bytes.Add((byte)next);
            state = machine.Step(state, (byte)next);
        }
        var run = bytes.ToArray();
        if (run.Length == 0 || !System.Text.Unicode.Utf8.IsValid(run))
            return [];
        var tokens = masks.Vocabulary.TokenizeForced(Encoding.UTF8.GetString(run));
        var starts = new int[tokens.Length + 1];
        for (var i = 0; i < tokens.Length; i++)
        {
            var token = masks.Vocabulary.BytesOf(tokens[i]).Span;
            if (!run.AsSpan(starts[i]).StartsWith(token))
                return []; // the tokenizer writes something else than the text
            starts[i + 1] = starts[i] + token.Length;
        }
        if (starts[^1] != run.Length)
            return [];
        for (var i = 0; i < tokens.Length; i++)
        {
            if (masks.CanReachBeyond(run.AsSpan(starts[i]), state))
                return tokens[..i];
        }
        return tokens;
    }
}
