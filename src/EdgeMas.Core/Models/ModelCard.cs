namespace EdgeMas.Core.Models;

/// <summary>A model as <c>models/manifest.yaml</c> describes it.</summary>
/// <param name="Path">The GGUF file, absolute.</param>
/// <param name="AdapterPath">A LoRA adapter to load with it, or null.</param>
/// <param name="Licence">SPDX identifier or a name, as shown to people.</param>
/// <param name="ContextTokens">Context to allocate for a request.</param>
public sealed record ModelCard(string Name, string Path, string? AdapterPath, PromptStyle Style, string Licence, int ContextTokens);
