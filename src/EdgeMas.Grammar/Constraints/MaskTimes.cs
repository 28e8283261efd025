using System.Text.Json;
using EdgeMas.Grammar.Strings;
using EdgeMas.Grammar.Vocabulary;

namespace EdgeMas.Grammar.Constraints;

/// <summary>Measures what a constraint costs: the mask before each token of an instance, one thread.</summary>
public static class MaskTimes
{
    /// <summary>Appends the seconds of each mask.</summary>
    /// <returns>False when some token of the instance's canonical tokenization was not allowed.</returns>
    public static bool Measure(CompiledGrammar grammar, TokenVocabulary vocabulary, JsonElement instance, ICollection<double> seconds, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(seconds);
        ArgumentNullException.ThrowIfNull(time);
        var constraint = new GrammarConstraint(grammar, vocabulary);
        var mask = new uint[vocabulary.Words];
        foreach (var token in vocabulary.Tokenize(CanonicalJson.Write(instance)))
        {
            var started = time.GetTimestamp();
            constraint.FillMask(mask);
            seconds.Add(time.GetElapsedTime(started).TotalSeconds);
            if ((mask[token >> 5] & (1u << token)) == 0)
                return false;
            constraint.Accept(token);
        }
        return constraint.IsComplete;
    }

    /// <summary>Tokens of the instance's canonical tokenization that need no sampling, since the grammar forces them.</summary>
    public static int CountForced(CompiledGrammar grammar, TokenVocabulary vocabulary, JsonElement instance)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        var constraint = new GrammarConstraint(grammar, vocabulary);
        var tokens = vocabulary.Tokenize(CanonicalJson.Write(instance)).AsSpan();
        Span<int> forced = stackalloc int[256];
        var count = 0;
        while (!tokens.IsEmpty)
        {
            var taken = constraint.TakeForced(forced);
            if (!tokens.StartsWith(forced[..taken]))
                return count; // it cuts the text otherwise than the tokenizer
            count += taken;
            tokens = tokens[taken..];
            if (taken > 0 || tokens.IsEmpty)
                continue;
            constraint.Accept(tokens[0]);
            tokens = tokens[1..];
        }
        return count;
    }
}
