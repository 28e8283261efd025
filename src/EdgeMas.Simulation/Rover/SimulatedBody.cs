using EdgeMas.Core.Motion;
using EdgeMas.Simulation.World;

namespace EdgeMas.Simulation.Rover;

/// <summary>The rover of a <see cref="YardWorld"/> as the control loop sees it, on whatever wheels its description gives it.</summary>
/// <param name="time">The clock whose timestamps the readings carry.</param>
public sealed class SimulatedBody(YardWorld world, TimeProvider time) : IWheeledBody
{
    public WheeledGeometry Geometry { get; } = world.Description.Rover.Geometry;

    public bool TryRead(out WheeledSensors sensors) => world.TrySense(time.GetTimestamp(), out sensors);

    public bool TryDrive(in WheelCommand command) => world.TrySetWheels(command);

    public void Brake() => world.Brake();
}
