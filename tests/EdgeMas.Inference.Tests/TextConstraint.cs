using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Tests;

/// <summary>Allows one text, by the tokens that the model itself would write it with. Optionally forces a beginning and calls back.</summary>
internal sealed class TextConstraint(LlamaModel model, string text, int forced = 0, Action? onForced = null) : ITokenConstraint
{
    private readonly int[] _tokens = model.Tokenize(text, special: false);
    private int _at;

    internal List<int> Accepted { get; } = [];

    internal bool Throws { get; init; }

    public bool IsComplete => _at == _tokens.Length;

    public void FillMask(Span<uint> mask)
    {
        if (Throws)
            throw new InvalidOperationException("the constraint broke");
        mask.Clear();
        if (!IsComplete)
            mask[_tokens[_at] >> 5] |= 1u << _tokens[_at];
    }

    public int TakeForced(Span<int> tokens)
    {
        onForced?.Invoke();
        var count = Math.Min(forced - _at, tokens.Length);
        if (count <= 0)
            return 0;
        _tokens.AsSpan(_at, count).CopyTo(tokens);
        _at += count;
        return count;
    }

    public void Accept(int token)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(token, _tokens[_at]);
        Accepted.Add(token);
        _at++;
    }
}
