namespace EdgeMas.Core.Models;

/// <summary>A model as <c>models/manifest.yaml</c> describes it.</summary>
/// <param name="Path">The GGUF file, absolute.</param>
/// <param name="AdapterPath">A LoRA adapter that belongs to it: applied unless a request asks for another; or null.</param>
/// <param name="Licence">SPDX identifier or a name, as shown to people.</param>
/// <param name="ContextTokens">Context to allocate for a request.</param>
public sealed record ModelCard(string Name, string Path, string? AdapterPath, PromptStyle Style, string Licence, int ContextTokens)
{
    /// <summary>Adapters that requests can ask for in place of its own, each with a name of its own.</summary>
    public IReadOnlyList<AdapterCard> Adapters { get; init; } = [];
}
