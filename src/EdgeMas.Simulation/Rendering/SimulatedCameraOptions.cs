namespace EdgeMas.Simulation.Rendering;

public sealed record SimulatedCameraOptions
{
    /// <summary>One topic level.</summary>
    public string Name { get; init; } = "front";

    /// <summary>Pixels; likewise <see cref="Height"/>.</summary>
    public int Width { get; init; } = 640;

    public int Height { get; init; } = 360;

    /// <summary>Radians.</summary>
    public double HorizontalFieldOfView { get; init; } = Math.PI / 3;

    /// <summary>Standard deviation of the sensor's noise, in steps of 256; 0 for none.</summary>
    public double Noise { get; init; } = 2.5;

    public int Seed { get; init; } = 1;
}
