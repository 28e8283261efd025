using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>Tokens that may come next: as bits where they are many, as numbers where they are few. Immutable.</summary>
internal sealed class TokenMask
{
    private readonly uint[]? _bits;
    private readonly int[]? _tokens;

    private TokenMask(uint[]? bits, int[]? tokens) => (_bits, _tokens) = (bits, tokens);

    /// <param name="words">Words of a mask.</param>
    internal static TokenMask Of(ReadOnlySpan<int> tokens, int words)
    {
        if (tokens.Length <= words / 4)
            return new TokenMask(null, tokens.ToArray());
        var bits = new uint[words];
        Set(tokens, bits);
        return new TokenMask(bits, null);
    }

    /// <summary>All of the masks and of the tokens, without some.</summary>
    internal static TokenMask Of(ReadOnlySpan<TokenMask> masks, ReadOnlySpan<int> tokens, ReadOnlySpan<int> without, int words)
    {
        if (masks.Length == 1 && tokens.IsEmpty && without.IsEmpty)
            return masks[0];
        var bits = new uint[words];
        foreach (var mask in masks)
            mask.AddTo(bits);
        Set(tokens, bits);
        foreach (var token in without)
            bits[token >> 5] &= ~(1u << token);
        return new TokenMask(bits, null);
    }

    /// <summary>As numbers; null where they are bits.</summary>
    internal int[]? Tokens => _tokens;

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
        Set(_tokens, mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void AddTo(Span<uint> mask)
    {
        if (_tokens is not null)
        {
            Set(_tokens, mask);
            return;
        }
        var from = MemoryMarshal.Cast<uint, Vector<uint>>(_bits);
        var to = MemoryMarshal.Cast<uint, Vector<uint>>(mask);
        for (var i = 0; i < from.Length; i++)
            to[i] |= from[i];
        for (var i = from.Length * Vector<uint>.Count; i < _bits!.Length; i++)
            mask[i] |= _bits[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Set(ReadOnlySpan<int> tokens, Span<uint> mask)
    {
        foreach (var token in tokens)
            mask[token >> 5] |= 1u << token;
    }
}
