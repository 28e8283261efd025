namespace EdgeMas.Vision.Cameras;

public sealed record OpenCvCameraOptions
{
    /// <summary>One topic level.</summary>
    public string Name { get; init; } = "front";

    /// <summary>A device such as <c>/dev/video0</c> or its number, a film's path, or a URL that FFmpeg opens.</summary>
    public string Source { get; init; } = "/dev/video0";

    /// <summary>Asked of a device, in pixels, which may choose another size; likewise <see cref="Height"/>.</summary>
    public int Width { get; init; } = 640;

    public int Height { get; init; } = 480;

    /// <summary>Radians; from the lens's data sheet or a calibration.</summary>
    public double HorizontalFieldOfView { get; init; } = Math.PI / 3;

    /// <summary>A film begins again at its end.</summary>
    public bool Loop { get; init; } = true;

    /// <summary>How long one picture may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);
}
