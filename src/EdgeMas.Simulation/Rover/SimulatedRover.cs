using EdgeMas.Core.Motion;
using EdgeMas.Simulation.World;

namespace EdgeMas.Simulation.Rover;

/// <summary>The rover of a <see cref="YardWorld"/> as the control loop sees it.</summary>
/// <param name="time">The clock whose timestamps the readings carry.</param>
public sealed class SimulatedRover(YardWorld world, TimeProvider time) : IDifferentialDrive
{
    public DifferentialDriveGeometry Geometry { get; } = new(world.Description.Rover.WheelRadiusM, world.Description.Rover.TrackWidthM);

    public bool TryRead(out DriveSensors sensors) => world.TrySense(time.GetTimestamp(), out sensors);

    public bool TryDrive(double left, double right) => world.TrySetWheels(left, right);

    public void Brake() => world.Brake();
}
