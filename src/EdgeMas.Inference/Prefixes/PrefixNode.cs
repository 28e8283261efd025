namespace EdgeMas.Inference.Prefixes;

/// <summary>
/// A run of tokens that several prompts have in common, behind those of its parents. Only a leaf has a sequence of the context; it holds the cells of the whole
/// way from the root, so the cells of an inner node live as long as any leaf below it.
/// </summary>
internal sealed class PrefixNode
{
    internal const int NoSequence = -1;

    private int[] _buffer = [];
    private int _offset;

    internal PrefixNode? Parent { get; set; }

    internal List<PrefixNode> Children { get; } = [];

    internal bool IsRoot => Parent is null;

    internal bool IsLeaf => Children.Count == 0;

    /// <summary>Position of its first token.</summary>
    internal int Start { get; private set; }

    /// <summary>Tokens whose cells can be lent. An inner node's do not change, a leaf's may grow and be trimmed.</summary>
    internal int Length { get; set; }

    internal int End => Start + Length;

    internal ReadOnlySpan<int> Tokens => _buffer.AsSpan(_offset, Length);

    internal int Sequence { get; set; } = NoSequence;

    /// <summary>The request that makes it grow; null when it has ended.</summary>
    internal LiveTokens? Live { get; private set; }

    /// <summary>It is being worked with; not to be evicted or merged.</summary>
    internal bool Pinned { get; set; }

    /// <summary>When it was used last, and when it is expected to be used again (0: unknown), in the time provider's ticks.</summary>
    internal long LastUse { get; set; }

    internal long NextUse { get; set; }

    internal static PrefixNode Grow(LiveTokens live, PrefixNode parent, int sequence)
    {
        var leaf = new PrefixNode { Parent = parent, Start = parent.End, Sequence = sequence, Live = live, _buffer = live.Buffer, _offset = parent.End };
        parent.Children.Add(leaf);
        return leaf;
    }

    /// <summary>The request has ended: keeps a copy of its tokens.</summary>
    internal void Settle()
    {
        _buffer = Tokens.ToArray();
        _offset = 0;
        Live = null;
    }

    /// <summary>Puts a node with the first tokens above this one.</summary>
    internal PrefixNode Split(int length)
    {
        var upper = new PrefixNode
        {
            Parent = Parent, Start = Start, Length = length, LastUse = LastUse, NextUse = NextUse,
            _buffer = Live is null ? _buffer : Tokens[..length].ToArray(), _offset = Live is null ? _offset : 0,
        };
        Parent!.Children[Parent.Children.IndexOf(this)] = upper;
        Parent = upper;
        upper.Children.Add(this);
        Start += length;
        _offset += length;
        Length -= length;
        return upper;
    }

    /// <summary>Takes the parent's tokens, whose only child it is, and its place.</summary>
    internal void Absorb(PrefixNode parent)
    {
        if (Live is null)
        {
            _buffer = [.. parent.Tokens, .. Tokens];
            _offset = 0;
        }
        else
        {
            _offset = parent.Start;
        }
        Start = parent.Start;
        Length += parent.Length;
        Parent = parent.Parent;
        Parent!.Children[Parent.Children.IndexOf(parent)] = this;
    }

    /// <summary>Gives its first tokens, which the new parent has too, away.</summary>
    internal void MoveBelow(PrefixNode parent)
    {
        Parent!.Children.Remove(this);
        var moved = parent.End - Start;
        Start += moved;
        _offset += moved;
        Length -= moved;
        Parent = parent;
        parent.Children.Add(this);
    }
}
