namespace EdgeMas.Inference.Engine;

/// <summary>One sequence of the context's memory, and what it holds.</summary>
/// <param name="id">Its number in llama.cpp.</param>
/// <param name="capacity">Tokens that prompt and output may have together.</param>
internal sealed class KeptSequence(int id, int capacity)
{
    internal int Id { get; } = id;

    /// <summary>Whose it is; null while unused.</summary>
    internal string? Agent { get; set; }

    /// <summary>The first <see cref="Computed"/> of them are in the memory.</summary>
    internal int[] Tokens { get; } = new int[capacity];

    internal int Computed { get; set; }

    /// <summary>Counts requests; the lowest is evicted first.</summary>
    internal long LastUse { get; set; }

    internal int CommonPrefix(ReadOnlySpan<int> prompt) => Tokens.AsSpan(0, Computed).CommonPrefixLength(prompt);
}
