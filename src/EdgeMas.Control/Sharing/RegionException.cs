namespace EdgeMas.Control.Sharing;

/// <summary>A region of shared memory cannot be used.</summary>
/// <param name="path">Its file.</param>
public sealed class RegionException(string path, string reason, Exception? inner = null) : IOException($"{path}: {reason}", inner)
{
    public string Path { get; } = path;
}
