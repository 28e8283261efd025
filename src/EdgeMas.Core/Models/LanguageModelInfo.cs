namespace EdgeMas.Core.Models;

/// <param name="Name">The card's name, or the file's.</param>
/// <param name="Description">As the engine tells it: architecture, size, quantization.</param>
/// <param name="ContextTokens">Tokens that prompt and output of one request may have together.</param>
/// <param name="Bytes">Size of the weights in memory.</param>
public sealed record LanguageModelInfo(string Name, string Description, string Architecture, long Parameters, long Bytes, int VocabularySize, int ContextTokens)
{
    /// <summary>What agents can share of the model's memory.</summary>
    public PromptMemory Memory { get; init; }
}
