using EdgeMas.Core.Vision;
using EdgeMas.Simulation.Rendering;

namespace EdgeMas.Vision.Tests;

/// <summary>Pictures of small scenes, as a rover's camera would take them from the origin.</summary>
internal static class YardPictures
{
    public const double Degree = Math.PI / 180;

    public static RenderScene Empty { get; } = new()
    {
        Paving = new PavedArea(-9, -9, 9, 9),
        Walls = [new(12, 12, -12, 12, 1.2, new(168, 146, 126)), new(12, -12, -12, -12, 1.2, new(168, 146, 126))],
    };

    public static RenderScene With(string colour, string shape, double metres, double direction) => shape == "ball"
        ? Empty with { Spheres = [new(metres * Math.Cos(direction), metres * Math.Sin(direction), 0.2, 0.2, Colour.FromName(colour))] }
        : Empty with { Boxes = [new(metres * Math.Cos(direction), metres * Math.Sin(direction), 0.25, 0.6, 0.4, 0.5, direction + 0.4, Colour.FromName(colour))] };

    /// <param name="yaw">Radians.</param>
    public static CameraFrame Take(RenderScene scene, double yaw = 0, int seed = 1)
    {
        using var camera = new SimulatedCamera(
            new SimulatedCameraOptions { Seed = seed }, () => (scene, new CameraPose(0, 0, 0.42, yaw, -0.06)), TimeProvider.System);
        return camera.CaptureAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }
}
