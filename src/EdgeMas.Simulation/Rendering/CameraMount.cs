using EdgeMas.Core.Motion;

namespace EdgeMas.Simulation.Rendering;

/// <summary>How a camera sits on a rover.</summary>
/// <param name="Ahead">Metres before the middle between the wheels.</param>
/// <param name="Height">Metres above the ground.</param>
/// <param name="Pitch">Radians above the horizon; negative looks down.</param>
public sealed record CameraMount(double Ahead = 0.18, double Height = 0.42, double Pitch = -0.06)
{
    public CameraPose On(in Pose2D rover) =>
        new(rover.X + (Ahead * Math.Cos(rover.Heading)), rover.Y + (Ahead * Math.Sin(rover.Heading)), Height, rover.Heading, Pitch);
}
