using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Patterns;

namespace EdgeMas.Grammar.Schemas;

/// <summary>Sorts all names but the declared ones by which patterns they match.</summary>
internal static class NameClasses
{
    /// <param name="labelOf">The label of names that match the patterns whose bits are set, or <see cref="Automaton.NoLabel"/> where they are forbidden.</param>
    internal static Dfa Build(IReadOnlyList<string> declared, IReadOnlyList<Dfa> patterns, Func<long, int> labelOf)
    {
        var automata = patterns.Prepend(WordList.Build(declared)).Prepend(PatternLanguage.All).ToArray();
        return DfaBuilder.Explore(
            new States([.. automata.Select(static a => a.Start)]),
            automata.Select(static a => a.Classes).Aggregate(ByteClasses.Meet),
            (States at, byte next, out States target) =>
            {
                var reached = new int[automata.Length];
                for (var i = 0; i < reached.Length; i++)
                    reached[i] = at.Of[i] == Automaton.Dead ? Automaton.Dead : automata[i].Step(at.Of[i], next);
                target = new States(reached);
                return reached[0] != Automaton.Dead;
            },
            at =>
            {
                if (!Ends(0) || Ends(1))
                    return Automaton.NoLabel;
                var matched = 0L;
                for (var i = 2; i < automata.Length; i++)
                    matched |= Ends(i) ? 1L << (i - 2) : 0;
                return labelOf(matched);

                bool Ends(int i) => at.Of[i] != Automaton.Dead && automata[i].LabelOf(at.Of[i]) != Automaton.NoLabel;
            });
    }

    private sealed record States(int[] Of)
    {
        public bool Equals(States? other) => other is not null && Of.AsSpan().SequenceEqual(other.Of);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var state in Of)
                hash.Add(state);
            return hash.ToHashCode();
        }
    }
}
