using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Patterns;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>
/// Alphabets of which most tokens are written. Where an automaton takes every word over one of them, tokens over it need not be walked one by one. An alphabet's
/// number is its bit in sets of alphabets. Each is a part of those before it.
/// </summary>
internal static class Alphabets
{
    /// <summary>Every automaton that an alphabet is held against tells apart no more than these and its own.</summary>
    internal static ByteClasses Classes { get; }

    /// <summary>All words over each; in the first state at the end of every character.</summary>
    internal static Dfa[] Words { get; }

    internal const int Count = 6;

    static Alphabets()
    {
        Words =
        [
            PatternLanguage.Whole("[^\"\\\\\\u0000-\\u001f\\u2028\\u2029]*"), // what JSON writes as it is and a pattern's dot matches
            PatternLanguage.Whole("[ !#-\\[\\]-~]*"),
            PatternLanguage.Whole("[A-Za-z0-9_-]*"),
            PatternLanguage.Whole("[A-Za-z0-9]*"),
            PatternLanguage.Whole("[a-z0-9]*"),
            PatternLanguage.Whole("[a-z]*"),
        ];
        Classes = Words.Select(static words => words.Classes).Aggregate(ByteClasses.Meet);
    }
}
