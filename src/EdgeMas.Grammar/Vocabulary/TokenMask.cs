using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>Tokens that may come next: other masks together with single tokens, or bits. Immutable.</summary>
internal sealed class TokenMask
{
    private const int MaxParts = 8;

    private readonly uint[]? _bits;
    private readonly TokenMask[] _parts; // each has bits
    private readonly int[] _tokens;

    private TokenMask(uint[]? bits, TokenMask[] parts, int[] tokens) => (_bits, _parts, _tokens) = (bits, parts, tokens);

    /// <summary>All of the masks and of the tokens, without some.</summary>
    /// <param name="words">Words of a mask.</param>
    internal static TokenMask Of(ReadOnlySpan<TokenMask> masks, ReadOnlySpan<int> tokens, ReadOnlySpan<int> without, int words)
    {
        if (masks.Length == 1 && tokens.IsEmpty && without.IsEmpty)
            return masks[0];
        if (without.IsEmpty && masks.Length <= MaxParts && tokens.Length <= words / 4)
            return new TokenMask(null, masks.ToArray(), tokens.ToArray());
        var bits = new uint[words];
        foreach (var mask in masks)
            mask.AddTo(bits);
        Set(tokens, bits);
        foreach (var token in without)
            bits[token >> 5] &= ~(1u << token);
        return new TokenMask(bits, [], []);
    }

    /// <summary>The same as bits.</summary>
    internal TokenMask ToBits(int words)
    {
        var bits = new uint[words];
        AddTo(bits);
        return new TokenMask(bits, [], []);
    }

    /// <summary>Bytes that it takes, without its parts.</summary>
    internal int Size => 96 + (4 * ((_bits?.Length ?? 0) + _tokens.Length)) + (8 * _parts.Length);

    /// <summary>Masks that are bits; none where it is bits itself.</summary>
    internal TokenMask[] Parts => _parts;

    /// <summary>Tokens beside the parts and bits.</summary>
    internal int[] Tokens => _tokens;

    internal bool IsBits => _bits is not null;

    internal void CopyTo(Span<uint> mask)
    {
        mask.Clear();
        AddTo(mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void AddTo(Span<uint> mask)
    {
        foreach (var part in _parts)
            part.AddTo(mask);
        Set(_tokens, mask);
        if (_bits is null)
            return;
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
