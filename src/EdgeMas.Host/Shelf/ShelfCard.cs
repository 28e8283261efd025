using EdgeMas.Core.Models;

namespace EdgeMas.Host.Shelf;

/// <summary>A model as the manifest names it, whether or not its files are there.</summary>
/// <param name="Files">Files that serve, the first one preferred.</param>
internal sealed record ShelfCard(
    string Name, string Description, bool IsDefault, IReadOnlyList<ShelfFile> Files, ShelfFile? Adapter, Uri? Url, PromptStyle Style, int ContextTokens, string Licence, string? Terms);

/// <param name="Size">Bytes; null where the manifest does not pin the file.</param>
internal sealed record ShelfFile(string Name, long? Size, string? Sha256);
