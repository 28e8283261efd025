using System.Security.Cryptography;

namespace EdgeMas.Host.Shelf;

/// <summary>Compares a model's file with what the manifest says of it.</summary>
internal static class ModelCheck
{
    public const string Mend = "remove it and fetch it again";

    /// <param name="Problem">Null when the file is as pinned, or is not pinned.</param>
    public sealed record Verdict(string File, string? Path, string? Sha256, string? Problem);

    public static async Task<Verdict> CheckAsync(ShelfFile file, string? path, CancellationToken cancellationToken)
    {
        if (path is null)
            return new Verdict(file.Name, null, null, "not there");
        var size = new FileInfo(path).Length;
        if (file.Size is { } expected && expected != size)
            return new Verdict(file.Name, path, null, $"{size:N0} bytes instead of {expected:N0}: a broken or different file");
        await using var stream = File.OpenRead(path);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
        var differs = file.Sha256 is { } pinned && !pinned.Equals(hash, StringComparison.OrdinalIgnoreCase);
        return new Verdict(file.Name, path, hash, differs ? $"its sha256 is {hash}, not {file.Sha256}: a changed file" : null);
    }
}
