using System.Numerics;
using System.Runtime.InteropServices;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>Tokens that may come next: as bits where they are many, as numbers where they are few. Immutable.</summary>
internal sealed class TokenMask
{
    private readonly uint[]? _bits;
    private readonly int[]? _tokens;

    private TokenMask(uint[]? bits, int[]? tokens) => (_bits, _tokens) = (bits, tokens);

    internal static TokenMask Of(ReadOnlySpan<uint> bits)
    {
        var count = 0;
        foreach (var word in bits)
            count += BitOperations.PopCount(word);
        if (count > bits.Length / 4)
            return new TokenMask(bits.ToArray(), null);
        var tokens = new int[count];
        var next = 0;
        for (var i = 0; i < bits.Length; i++)
        {
            for (var word = bits[i]; word != 0; word &= word - 1)
                tokens[next++] = (i << 5) + BitOperations.TrailingZeroCount(word);
        }
        return new TokenMask(null, tokens);
    }

    /// <summary>Bytes that it takes.</summary>
    internal int Size => 64 + (4 * (_bits?.Length ?? _tokens!.Length));

    internal void CopyTo(Span<uint> mask)
    {
        if (_bits is not null)
        {
            _bits.CopyTo(mask);
            mask[_bits.Length..].Clear();
            return;
        }
        mask.Clear();
        AddTo(mask);
    }

    internal void AddTo(Span<uint> mask)
    {
        if (_tokens is not null)
        {
            foreach (var token in _tokens)
                mask[token >> 5] |= 1u << token;
            return;
        }
        Add(_bits, mask);
    }

    /// <summary>Marks what another mask of at most the same length marks.</summary>
    internal static void Add(ReadOnlySpan<uint> more, Span<uint> mask)
    {
        var from = MemoryMarshal.Cast<uint, Vector<uint>>(more);
        var to = MemoryMarshal.Cast<uint, Vector<uint>>(mask);
        for (var i = 0; i < from.Length; i++)
            to[i] |= from[i];
        for (var i = from.Length * Vector<uint>.Count; i < more.Length; i++)
            mask[i] |= more[i];
    }
}
