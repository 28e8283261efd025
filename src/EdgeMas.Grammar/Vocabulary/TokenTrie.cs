using System.Runtime.InteropServices;
using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>
/// Tokens as a tree of their bytes, laid out depth first: a node's children follow it, and a branch is skipped by one jump. The root is not stored. Immutable.
/// </summary>
internal sealed class TokenTrie
{
    private readonly TrieNode[] _nodes; // and one more, behind the last
    private readonly ulong[] _below;

    private TokenTrie(TrieNode[] nodes, int[] tokens)
    {
        _nodes = nodes;
        Tokens = tokens;
        var parents = Parents();
        for (var node = Count - 1; node >= 0; node--)
        {
            if (parents[node] >= 0)
                nodes[parents[node]].Height = Math.Max(nodes[parents[node]].Height, (byte)(nodes[node].Height + 1));
        }
        for (var alphabet = 0; alphabet < Alphabets.Count; alphabet++)
            Classify(alphabet, parents);
        Measure(parents);
        _below = CharacterKinds.Below(nodes.AsSpan(0, Count), parents);
    }

    internal int Count => _nodes.Length - 1;

    /// <summary>All nodes, and one more behind the last.</summary>
    internal ReadOnlySpan<TrieNode> Nodes => _nodes;

    /// <summary>By node: the <see cref="CharacterKinds"/> of everything below.</summary>
    internal ReadOnlySpan<ulong> KindsBelow => _below;

    /// <summary>Token numbers in the order of their bytes.</summary>
    internal int[] Tokens { get; }

    /// <summary>Tokens may share their bytes. Empty ones and those of more than 255 bytes are left out.</summary>
    internal static TokenTrie Build(IEnumerable<(ReadOnlyMemory<byte> Bytes, int Token)> tokens)
    {
        var kept = tokens.Where(static token => token.Bytes.Length is > 0 and < 256).ToArray();
        Array.Sort(kept, static (a, b) => a.Bytes.Span.SequenceCompareTo(b.Bytes.Span) is var order && order != 0 ? order : a.Token.CompareTo(b.Token));
        var nodes = new List<TrieNode>();
        Span<int> path = stackalloc int[256];
        ReadOnlySpan<byte> previous = [];
        for (var i = 0; i < kept.Length; i++)
        {
            var bytes = kept[i].Bytes.Span;
            var common = bytes.CommonPrefixLength(previous);
            Close(nodes, path[(common + 1)..(previous.Length + 1)]);
            for (var depth = common + 1; depth <= bytes.Length; depth++)
            {
                path[depth] = nodes.Count;
                nodes.Add(new TrieNode { Label = bytes[depth - 1], Depth = (byte)depth, FirstToken = i });
            }
            previous = bytes;
        }
        Close(nodes, path[1..(previous.Length + 1)]);
        nodes.Add(new TrieNode { FirstToken = kept.Length });
        return new TokenTrie([.. nodes], Array.ConvertAll(kept, static token => token.Token));
    }

    private static void Close(List<TrieNode> nodes, ReadOnlySpan<int> path)
    {
        foreach (var node in path)
            CollectionsMarshal.AsSpan(nodes)[node].End = nodes.Count;
    }

    /// <summary>Tokens that end at a node.</summary>
    internal ReadOnlySpan<int> TokensAt(int node) => Tokens.AsSpan(_nodes[node].FirstToken.._nodes[node + 1].FirstToken);

    /// <summary>Tokens that end at a node or go on behind it.</summary>
    internal ReadOnlySpan<int> TokensFrom(int node) => Tokens.AsSpan(_nodes[node].FirstToken.._nodes[_nodes[node].End].FirstToken);

    /// <summary>Child of a node (−1: the root) by its byte, or −1.</summary>
    internal int Child(int node, byte label)
    {
        var end = node < 0 ? Count : _nodes[node].End;
        for (var child = node + 1; child < end; child = _nodes[child].End)
        {
            if (_nodes[child].Label == label)
                return child;
            if (_nodes[child].Label > label)
                break;
        }
        return -1;
    }

    private int[] Parents()
    {
        var parents = new int[Count];
        Span<int> path = stackalloc int[256];
        path[0] = -1;
        for (var node = 0; node < Count; node++)
        {
            parents[node] = path[_nodes[node].Depth - 1];
            path[_nodes[node].Depth] = node;
        }
        return parents;
    }

    private void Measure(int[] parents)
    {
        for (var node = 0; node < Count; node++)
        {
            _nodes[node].WholeBelow = _nodes[node].Whole;
            _nodes[node].Reach = (byte)((parents[node] < 0 ? 0 : _nodes[parents[node]].Reach) + ((_nodes[node].Label & 0xC0) == 0x80 ? 0 : 1));
        }
        for (var node = Count - 1; node >= 0; node--)
        {
            if (parents[node] < 0)
                continue;
            ref var parent = ref _nodes[parents[node]];
            parent.WholeBelow &= _nodes[node].WholeBelow;
            parent.Reach = Math.Max(parent.Reach, _nodes[node].Reach);
        }
    }

    private void Classify(int alphabet, int[] parents)
    {
        var words = Alphabets.Words[alphabet];
        var bit = (byte)(1 << alphabet);
        var states = new sbyte[Count]; // of the alphabet's words, counted anew where a character begins
        var strays = new bool[Count]; // the byte does not go on with the alphabet
        for (var node = 0; node < Count; node++)
        {
            var (parent, label) = (parents[node], _nodes[node].Label);
            var before = parent < 0 ? words.Start : states[parent];
            var state = before == Automaton.Dead ? Automaton.Dead : words.Step(before, label);
            strays[node] = state == Automaton.Dead;
            if (!strays[node] && (parent < 0 || (_nodes[parent].Whole & bit) != 0))
                _nodes[node].Whole |= bit;
            if (strays[node])
                state = label < 0x80 ? words.Start : words.Step(words.Start, label);
            states[node] = (sbyte)state;
            _nodes[node].Below |= state == words.Start ? bit : (byte)0;
        }
        var impure = new bool[Count];
        for (var node = Count - 1; node >= 0; node--)
        {
            if (impure[node])
                _nodes[node].Below &= (byte)~bit;
            if (parents[node] >= 0 && (impure[node] || strays[node]))
                impure[parents[node]] = true;
        }
    }
}
