namespace EdgeMas.Vision.Cameras;

/// <summary>A camera gives no picture. The message says which, why, and how to mend it.</summary>
public sealed class CameraException(string camera, string source, string reason, Exception? inner = null)
    : IOException($"camera '{camera}' ({source}): {reason}", inner)
{
    public string Camera { get; } = camera;

    /// <summary>Device, file or URL, as configured.</summary>
    public string CameraSource { get; } = source;
}
