namespace EdgeMas.Core.Models;

/// <param name="Name">The card's name, or the file's.</param>
/// <param name="Description">As the engine tells it: architecture, size, quantization.</param>
/// <param name="ContextTokens">Tokens that prompt and output of one request may have together.</param>
/// <param name="Bytes">Size of the weights in memory.</param>
public sealed record LanguageModelInfo(string Name, string Description, string Architecture, long Parameters, long Bytes, int VocabularySize, int ContextTokens)
{
    /// <summary>Names that <see cref="GenerationRequest.Adapter"/> can have, besides null and <see cref="AdapterCard.None"/>.</summary>
    public IReadOnlyList<string> Adapters { get; init; } = [];

    /// <summary>What agents can share of the model's memory.</summary>
    public PromptMemory Memory { get; init; }

    /// <summary>Tokens that the memory holds at most, of all agents together; 0 where that is unknown.</summary>
    public int MemoryCells { get; init; }

    /// <summary>Bytes that it takes for their keys and values, whether they are in use or not; 0 where that is unknown.</summary>
    public long MemoryBytes { get; init; }
}
