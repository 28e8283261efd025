namespace EdgeMas.Core.Vision;

/// <summary>A source of pictures. Any thread; captures do not overlap.</summary>
public interface ICamera : IDisposable
{
    /// <summary>One topic level, such as <c>front</c>.</summary>
    string Name { get; }

    ValueTask<CameraFrame> CaptureAsync(CancellationToken cancellationToken);
}
