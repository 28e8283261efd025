namespace EdgeMas.Vision.Neural;

/// <summary>A network cannot be used. The message says which file, why, and how to mend it.</summary>
public sealed class VisionModelException(string path, string reason, Exception? inner = null) : IOException($"vision model {path}: {reason}", inner)
{
    public string Path { get; } = path;
}
