namespace EdgeMas.Grammar.Vocabulary;

/// <summary>A node of a <see cref="TokenTrie"/>.</summary>
internal struct TrieNode
{
    /// <summary>The node behind its branch.</summary>
    internal int End;

    /// <summary>
    /// Index of the first token at or below it. Tokens that end at it are those up to the next node's first, and tokens of its branch those up to the first of
    /// the node behind the branch.
    /// </summary>
    internal int FirstToken;

    internal byte Label;

    /// <summary>1 for the children of the root.</summary>
    internal byte Depth;

    /// <summary>Bytes of the longest way down.</summary>
    internal byte Height;

    /// <summary>Alphabets over which everything below is written, where the node is the end of a character.</summary>
    internal byte Below;

    /// <summary>Alphabets over which the way to it is written.</summary>
    internal byte Whole;

    /// <summary>Alphabets over which the ways to it and to everything below are written.</summary>
    internal byte WholeBelow;

    /// <summary>Most characters, one that is not complete included, from the root to the end of a way through it.</summary>
    internal byte Reach;
}
