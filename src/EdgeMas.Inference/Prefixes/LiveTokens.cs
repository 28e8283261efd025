namespace EdgeMas.Inference.Prefixes;

/// <summary>The tokens of a request that is being served: a beginning of them is computed, the rest will be.</summary>
internal abstract class LiveTokens(int capacity)
{
    /// <summary>Number of the adapter that they are computed with: only those of the same one are the same in the memory.</summary>
    internal int Adapter { get; private protected set; }

    internal int[] Buffer { get; } = new int[capacity];

    /// <summary>The first of <see cref="Buffer"/> that stand fast: prompt and output so far.</summary>
    internal int Known { get; private protected set; }

    /// <summary>The first of them that others can have, once they are computed.</summary>
    internal int Promised { get; private protected set; }
}
