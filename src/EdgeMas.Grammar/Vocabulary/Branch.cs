namespace EdgeMas.Grammar.Vocabulary;

/// <summary>A part of a tree of tokens: what lies below a node.</summary>
/// <param name="From">Its first node.</param>
/// <param name="End">The node behind it.</param>
/// <param name="Depth">The depth of the node above it; 0 for the root.</param>
internal readonly record struct Branch(TokenTrie Trie, int From, int End, int Depth)
{
    internal static Branch Of(TokenTrie trie) => new(trie, 0, trie.Count, 0);

    internal static Branch Below(TokenTrie trie, int node) => new(trie, node + 1, trie.Nodes[node].End, trie.Nodes[node].Depth);
}
