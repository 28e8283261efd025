using EdgeMas.Core.Models;

namespace EdgeMas.Grammar.Tests.Constraints;

/// <summary>The same constraint without forced runs, and a count of both kinds of tokens.</summary>
internal sealed class UnforcedConstraint(ITokenConstraint inner, bool forces) : ITokenConstraint
{
    internal int Forced { get; private set; }

    internal int Sampled { get; private set; }

    public bool IsComplete => inner.IsComplete;

    public void FillMask(Span<uint> mask) => inner.FillMask(mask);

    public int TakeForced(Span<int> tokens)
    {
        if (!forces)
            return 0;
        var count = inner.TakeForced(tokens);
        Forced += count;
        return count;
    }

    public void Accept(int token)
    {
        Sampled++;
        inner.Accept(token);
    }
}
