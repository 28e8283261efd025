namespace EdgeMas.Grammar.Vocabulary;

/// <summary>
/// Collects what may come next: masks that were made beforehand, and single tokens. Few tokens stay a list, so that most masks never touch the whole vocabulary.
/// One thread; used again and again.
/// </summary>
internal sealed class MaskBuilder
{
    private readonly List<TokenMask> _parts = [];
    private int[] _tokens = new int[1_024];
    private int _count;

    /// <summary>Masks and tokens so far; see <see cref="TakeSince"/>.</summary>
    internal (int Parts, int Tokens) Mark => (_parts.Count, _count);

    internal void Clear()
    {
        _parts.Clear();
        _count = 0;
    }

    internal void Add(TokenMask mask)
    {
        if (mask.IsBits)
            _parts.Add(mask);
        _parts.AddRange(mask.Parts);
        Add(mask.Tokens);
    }

    internal void Add(ReadOnlySpan<int> tokens)
    {
        if (_count + tokens.Length > _tokens.Length)
            Array.Resize(ref _tokens, Math.Max(2 * _tokens.Length, _count + tokens.Length));
        tokens.CopyTo(_tokens.AsSpan(_count));
        _count += tokens.Length;
    }

    /// <summary>Nothing was added.</summary>
    internal bool IsEmpty => _parts.Count == 0 && _count == 0;

    /// <summary>Single tokens that were added since the mark; they are taken out.</summary>
    internal int[] TakeTokensSince((int Parts, int Tokens) mark)
    {
        var tokens = _tokens[mark.Tokens.._count];
        _count = mark.Tokens;
        return tokens;
    }

    /// <summary>All that was added since the mark, as one mask; it is taken out.</summary>
    /// <param name="words">Words of a mask.</param>
    /// <param name="without">Tokens that do not belong to it.</param>
    internal TokenMask TakeSince((int Parts, int Tokens) mark, int words, ReadOnlySpan<int> without)
    {
        var tokens = _tokens.AsSpan(mark.Tokens, _count - mark.Tokens);
        var made = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_parts)[mark.Parts..];
        var result = TokenMask.Of(made, tokens, without, words);
        _parts.RemoveRange(mark.Parts, _parts.Count - mark.Parts);
        _count = mark.Tokens;
        return result;
    }
}
