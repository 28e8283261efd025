namespace EdgeMas.Grammar.Vocabulary;

/// <summary>Places in a vocabulary's tree where tokens leave an automaton, with the label with which they do. Any thread.</summary>
/// <param name="trie">All tokens, or those that are not sure to stay inside.</param>
internal sealed class ExitSet(TokenVocabulary vocabulary, TokenTrie trie, (int Node, int Label)[] places)
{
    /// <summary>Uses after which it is worth it to put the rests of all tokens into one tree.</summary>
    private const int UsesBeforeMerging = 16;

    private const int FewPlaces = 8;

    private int _uses;
    private volatile (int Label, TokenTrie Rests)[]? _merged;

    internal ReadOnlySpan<(int Node, int Label)> Places => places;

    internal TokenTrie Trie => trie;

    internal bool IsEmpty => places.Length == 0;

    /// <summary>What tokens have behind the places, by label; null where the places are to be visited one by one.</summary>
    internal (int Label, TokenTrie Rests)[]? Merged()
    {
        if (_merged is not null || places.Length <= FewPlaces || Interlocked.Increment(ref _uses) <= UsesBeforeMerging)
            return _merged;
        Merge();
        return _merged;
    }

    /// <summary>Puts the rests of all tokens into a tree for each label: many begin alike, such as those behind whitespace of any length.</summary>
    internal void Merge()
    {
        if (places.Length > FewPlaces)
            _merged = [.. places.GroupBy(static place => place.Label).Select(group => (group.Key, TokenTrie.Build(group.SelectMany(place => Rests(place.Node)))))];
    }

    private IEnumerable<(ReadOnlyMemory<byte>, int)> Rests(int node)
    {
        int depth = trie.Nodes[node].Depth;
        var ended = trie.TokensAt(node).Length;
        foreach (var token in trie.TokensFrom(node)[ended..].ToArray())
            yield return (vocabulary.BytesOf(token)[depth..], token);
    }
}
