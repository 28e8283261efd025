using System.Numerics;

namespace EdgeMas.Grammar.Automata;

/// <summary>A set of small numbers, compared by content. Immutable.</summary>
internal sealed class IndexSet : IEquatable<IndexSet>
{
    private readonly ulong[] _words;
    private readonly int _hash;

    private IndexSet(ulong[] words)
    {
        _words = words;
        var hash = new HashCode();
        foreach (var word in words)
            hash.Add(word);
        _hash = hash.ToHashCode();
    }

    /// <summary>The empty set with room for numbers below <paramref name="size"/>.</summary>
    internal static IndexSet Empty(int size) => new(new ulong[(size + 63) / 64]);

    internal static IndexSet Where(int size, Func<int, bool> belongs)
    {
        var words = new ulong[(size + 63) / 64];
        for (var i = 0; i < size; i++)
        {
            if (belongs(i))
                words[i >> 6] |= 1UL << i;
        }
        return new IndexSet(words);
    }

    internal int Count
    {
        get
        {
            var count = 0;
            foreach (var word in _words)
                count += BitOperations.PopCount(word);
            return count;
        }
    }

    internal bool Has(int index) => (uint)(index >> 6) < (uint)_words.Length && (_words[index >> 6] & (1UL << index)) != 0;

    internal IndexSet With(int index)
    {
        if (Has(index))
            return this;
        var words = (ulong[])_words.Clone();
        words[index >> 6] |= 1UL << index;
        return new IndexSet(words);
    }

    /// <summary>Some number of the set is in [from, to).</summary>
    internal bool HasAny(int from, int to) => NextFrom(from) is var next && next >= 0 && next < to;

    /// <summary>The set's least number from <paramref name="from"/> on, or −1.</summary>
    internal int NextFrom(int from)
    {
        for (var at = from >> 6; at < _words.Length; at++)
        {
            var word = at == from >> 6 ? _words[at] & (ulong.MaxValue << from) : _words[at];
            if (word != 0)
                return (at << 6) + BitOperations.TrailingZeroCount(word);
        }
        return -1;
    }

    public bool Equals(IndexSet? other) => ReferenceEquals(this, other) || (other is not null && _hash == other._hash && _words.AsSpan().SequenceEqual(other._words));

    public override bool Equals(object? obj) => Equals(obj as IndexSet);

    public override int GetHashCode() => _hash;
}
