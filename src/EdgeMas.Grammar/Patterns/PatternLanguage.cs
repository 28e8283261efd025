using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Patterns;

/// <summary>The texts that a pattern matches, as an automaton over their UTF-8.</summary>
internal static class PatternLanguage
{
    private const int MaxBranches = 256;

    /// <summary>All texts.</summary>
    internal static Dfa All { get; } = Nfa.Compile(Pattern.Anything, atBegin: true);

    /// <summary>Texts in which the pattern occurs, as JSON Schema means it.</summary>
    /// <exception cref="PatternException">It cannot be followed by a finite automaton, or is wrong.</exception>
    /// <exception cref="TooManyStatesException">Its automaton is too large.</exception>
    internal static Dfa Searched(string pattern) => Compile([Pattern.Anything, PatternParser.Parse(pattern), Pattern.Anything], atBegin: true);

    /// <summary>Texts that the pattern matches from beginning to end.</summary>
    internal static Dfa Whole(string pattern) => Compile([PatternParser.Parse(pattern)], atBegin: true);

    /// <summary>Texts that the pattern matches, followed by words of another language.</summary>
    internal static Dfa Joined(string pattern, Dfa words) => Compile([PatternParser.Parse(pattern), new Pattern.Language(words)], atBegin: true);

    /// <summary>Texts of a number of characters.</summary>
    internal static Dfa OfLength(int least, int? most)
    {
        // Counted on the table of all texts: it is in its first state again behind each character.
        var limit = most ?? least;
        return DfaBuilder.Explore(
            (State: All.Start, Count: 0),
            All.Classes,
            ((int State, int Count) at, byte next, out (int State, int Count) target) =>
            {
                target = (All.Step(at.State, next), at.Count);
                if (target.State == All.Start)
                    target.Count = most is null ? Math.Min(at.Count + 1, limit) : at.Count + 1;
                return target.State != Automaton.Dead && target.Count <= limit && (most is null || at.Count < limit);
            },
            at => at.State == All.Start && at.Count >= least ? 0 : Automaton.NoLabel);
    }

    private static Dfa Compile(IReadOnlyList<Pattern> items, bool atBegin)
    {
        var at = 0;
        while (at < items.Count && !items[at].Looks())
            at++;
        if (at == items.Count)
            return Nfa.Compile(new Pattern.Sequence(items), atBegin);
        var before = items.Take(at).ToList();
        var after = items.Skip(at + 1).ToList();
        switch (items[at])
        {
            case Pattern.Sequence sequence:
                return Compile([.. before, .. sequence.Items, .. after], atBegin);
            case Pattern.Either either when either.Options.Count <= MaxBranches:
                return either.Options.Select(option => Compile([.. before, option, .. after], atBegin)).Aggregate(DfaBuilder.Unite);
            case Pattern.Repeat { Least: 0, Most: 1 } optional:
                return DfaBuilder.Unite(Compile([.. before, .. after], atBegin), Compile([.. before, optional.Item, .. after], atBegin));
            case Pattern.Look look when !look.Item.Any(IsBegin) && !after.Exists(item => item.Any(IsBegin)):
                var rest = Compile(after, atBegin: false);
                var seen = Compile([look.Item, Pattern.Anything], atBegin: false);
                var both = look.Negative ? DfaBuilder.Subtract(rest, seen) : DfaBuilder.Intersect(rest, seen);
                return Nfa.Compile(new Pattern.Sequence([.. before, new Pattern.Language(both)]), atBegin);
            default:
                throw new PatternException("a lookahead at this place");
        }
    }

    private static bool IsBegin(Pattern node) => node is Pattern.Begin;
}
