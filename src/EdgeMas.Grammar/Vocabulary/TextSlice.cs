using EdgeMas.Grammar.Strings;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>
/// All tokens in a place of a free string, by the characters that they take: so one table serves strings of any least and most length. Immutable.
/// </summary>
internal sealed class TextSlice
{
    /// <summary>Most characters for which a mask is made beforehand; few tokens have more.</summary>
    private const int Prepared = 32;

    private readonly TokenMask[] _upTo = new TokenMask[Prepared + 1];
    private readonly int[][] _inside; // tokens that stay in the string, by characters begun
    private readonly int[][] _closing; // tokens that end with the string, by characters
    private readonly ExitSet[] _exits; // where the string has ended and tokens go on, by characters
    private readonly ExitSet[] _allExits;

    private TextSlice(TokenVocabulary vocabulary, List<int>[] inside, List<int>[] closing, List<int>[] exits)
    {
        _inside = [.. inside.Select(static tokens => tokens.ToArray())];
        _closing = [.. closing.Select(static tokens => tokens.ToArray())];
        _exits = [.. exits.Select(nodes => new ExitSet(vocabulary, vocabulary.All, [.. nodes.Select(static node => (node, 0))]))];
        _allExits = [new ExitSet(vocabulary, vocabulary.All, [.. exits.SelectMany(static nodes => nodes).Select(static node => (node, 0))])];
        _allExits[0].Merge();
        var words = vocabulary.Words;
        var into = new MaskBuilder();
        for (var characters = 0; characters <= Prepared; characters++)
        {
            into.Add(_inside[characters]);
            _upTo[characters] = into.TakeSince(default, words, []).ToBits(words);
            into.Add(_upTo[characters]);
        }
    }

    internal static TextSlice Compute(TokenVocabulary vocabulary, FreeString counting, int start)
    {
        var all = vocabulary.All;
        const int Groups = 256;
        List<int>[] inside = [.. Enumerable.Range(0, Groups).Select(static _ => new List<int>())];
        List<int>[] closing = [.. Enumerable.Range(0, Groups).Select(static _ => new List<int>())];
        List<int>[] exits = [.. Enumerable.Range(0, Groups).Select(static _ => new List<int>())];
        Span<int> states = stackalloc int[Groups + 1];
        states[0] = start;
        for (var node = 0; node < all.Count;)
        {
            ref readonly var at = ref all.Nodes[node];
            var state = counting.Step(states[at.Depth - 1], at.Label);
            if (state == Automata.Automaton.Dead)
            {
                node = at.End;
                continue;
            }
            if (counting.LabelOf(state) == Automata.Automaton.NoLabel)
            {
                inside[FreeString.CharactersBegun(state)].AddRange(all.TokensAt(node));
                states[at.Depth] = state;
                node++;
                continue;
            }
            var characters = FreeString.CharactersBegun(states[at.Depth - 1]);
            closing[characters].AddRange(all.TokensAt(node));
            if (at.Height > 0)
                exits[characters].Add(node);
            node = at.End;
        }
        return new TextSlice(vocabulary, inside, closing, exits);
    }

    /// <param name="least">Characters that must still come.</param>
    /// <param name="most">Characters that may still come.</param>
    internal void AddTo(MaskBuilder into, int least, int most)
    {
        into.Add(_upTo[Math.Min(most, Prepared)]);
        for (var characters = Prepared + 1; characters < _inside.Length && characters <= most; characters++)
            into.Add(_inside[characters]);
        for (var characters = least; characters < _closing.Length && characters <= most; characters++)
            into.Add(_closing[characters]);
    }

    /// <summary>Where the string may have ended, with characters from <paramref name="least"/> to <paramref name="most"/>.</summary>
    internal ReadOnlySpan<ExitSet> Exits(int least, int most) =>
        least == 0 && most >= _exits.Length ? _allExits : least >= _exits.Length ? [] : _exits.AsSpan(least, Math.Min(most, _exits.Length - 1) - least + 1);
}
