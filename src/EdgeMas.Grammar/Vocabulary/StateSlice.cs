using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>
/// What can be said of all tokens in a state of an automaton without knowing what comes behind it: which it takes whole, and where others leave it. Immutable.
/// </summary>
/// <param name="Whole">Tokens that stay inside to their end.</param>
/// <param name="Exits">Rests of the tokens that leave it, by the label with which they do.</param>
internal sealed record StateSlice(TokenMask Whole, (int Label, TokenTrie Rests)[] Exits)
{
    internal static StateSlice Compute(TokenVocabulary vocabulary, Automaton automaton, int state)
    {
        var bits = new uint[vocabulary.Words];
        var trie = vocabulary.All;
        foreach (var slice in vocabulary.Slices)
        {
            if (!slice.FitsInto(automaton, state))
                continue;
            slice.Tokens.AddTo(bits);
            trie = slice.Others;
            break;
        }
        var exits = new List<(int Node, int Label)>();
        TrieWalk.Walk(trie, 0, trie.Count, 0, new Machine.Thread(automaton, state, null, null), bits, exits);
        var byLabel = exits
            .GroupBy(static exit => exit.Label)
            .Select(group => (group.Key, TokenTrie.Build(group.SelectMany(exit => RestsBelow(vocabulary, trie, exit.Node)), sorted: false)));
        return new StateSlice(TokenMask.Of(bits), [.. byLabel]);
    }

    private static IEnumerable<(ReadOnlyMemory<byte>, int)> RestsBelow(TokenVocabulary vocabulary, TokenTrie trie, int node)
    {
        int depth = trie.Depths[node];
        for (var below = node + 1; below < trie.Ends[node]; below++)
        {
            for (var at = trie.FirstToken[below]; at >= 0; at = trie.NextSame[at])
                yield return (vocabulary.BytesOf(trie.Tokens[at])[depth..], trie.Tokens[at]);
        }
    }
}
