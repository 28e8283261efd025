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
}
