namespace EdgeMas.Grammar.Vocabulary;

/// <summary>
/// Tokens as a tree of their bytes, laid out depth first: a node's children follow it, and a branch is skipped by one jump. The root is not stored. Immutable.
/// </summary>
internal sealed class TokenTrie
{
    private readonly byte[] _labels;
    private readonly byte[] _depths; // 1 for the children of the root
    private readonly int[] _ends;
    private readonly int[] _firstToken;
    private readonly int[] _nextSame;

    private TokenTrie(byte[] labels, byte[] depths, int[] ends, int[] firstToken, int[] nextSame, int[] tokens)
    {
        _labels = labels;
        _depths = depths;
        _ends = ends;
        _firstToken = firstToken;
        _nextSame = nextSame;
        Tokens = tokens;
    }

    internal int Count => _labels.Length;

    internal ReadOnlySpan<byte> Labels => _labels;

    internal ReadOnlySpan<byte> Depths => _depths;

    /// <summary>The node behind each node's branch.</summary>
    internal ReadOnlySpan<int> Ends => _ends;

    /// <summary>Index into <see cref="Tokens"/> of the token that ends at each node, or −1.</summary>
    internal ReadOnlySpan<int> FirstToken => _firstToken;

    /// <summary>Index of the next token with the same bytes, or −1.</summary>
    internal ReadOnlySpan<int> NextSame => _nextSame;

    /// <summary>Token numbers in the order of their bytes.</summary>
    internal int[] Tokens { get; }

    /// <summary>Tokens may share their bytes. Empty ones and those of more than 255 bytes are left out.</summary>
    /// <param name="sorted">They come in the order of their bytes already.</param>
    internal static TokenTrie Build(IEnumerable<(ReadOnlyMemory<byte> Bytes, int Token)> tokens, bool sorted)
    {
        var kept = tokens.Where(static token => token.Bytes.Length is > 0 and < 256).ToArray();
        if (!sorted)
            Array.Sort(kept, static (a, b) => a.Bytes.Span.SequenceCompareTo(b.Bytes.Span) is var order && order != 0 ? order : a.Token.CompareTo(b.Token));
        var labels = new List<byte>();
        var depths = new List<byte>();
        var ends = new List<int>();
        var firstToken = new List<int>();
        var nextSame = new int[kept.Length];
        var path = new int[256];
        ReadOnlySpan<byte> previous = [];
        for (var i = 0; i < kept.Length; i++)
        {
            var bytes = kept[i].Bytes.Span;
            nextSame[i] = -1;
            var common = bytes.CommonPrefixLength(previous);
            if (i > 0 && common == bytes.Length && common == previous.Length)
            {
                nextSame[i - 1] = i;
                continue;
            }
            for (var depth = previous.Length; depth > common; depth--)
                ends[path[depth]] = labels.Count;
            for (var depth = common + 1; depth <= bytes.Length; depth++)
            {
                path[depth] = labels.Count;
                labels.Add(bytes[depth - 1]);
                depths.Add((byte)depth);
                ends.Add(0);
                firstToken.Add(-1);
            }
            firstToken[path[bytes.Length]] = i;
            previous = bytes;
        }
        for (var depth = previous.Length; depth > 0; depth--)
            ends[path[depth]] = labels.Count;
        return new TokenTrie([.. labels], [.. depths], [.. ends], [.. firstToken], nextSame, Array.ConvertAll(kept, static token => token.Token));
    }

    /// <summary>Child of a node (−1: the root) by its byte, or −1.</summary>
    internal int Child(int node, byte label)
    {
        var end = node < 0 ? Count : _ends[node];
        for (var child = node + 1; child < end; child = _ends[child])
        {
            if (_labels[child] == label)
                return child;
            if (_labels[child] > label)
                break;
        }
        return -1;
    }

    internal bool HasToken(int node) => _firstToken[node] >= 0;
}
