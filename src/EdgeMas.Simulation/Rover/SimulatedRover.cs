using EdgeMas.Core.Motion;
using EdgeMas.Simulation.World;

namespace EdgeMas.Simulation.Rover;

/// <summary>The rover of a <see cref="YardWorld"/> on two wheels; one on other wheels is a <see cref="SimulatedBody"/>.</summary>
/// <param name="time">The clock whose timestamps the readings carry.</param>
public sealed class SimulatedRover(YardWorld world, TimeProvider time) : IDifferentialDrive
{
    public DifferentialDriveGeometry Geometry { get; } = new(world.Description.Rover.WheelRadiusM, world.Description.Rover.TrackWidthM);

    public bool TryRead(out DriveSensors sensors)
    {
        var answers = world.TrySense(time.GetTimestamp(), out var read);
        sensors = new DriveSensors(read.Timestamp, read.Angles.FrontLeft, read.Angles.FrontRight, read.YawRate, read.RangeAhead, read.Battery, read.MotorCurrent, read.MotorTemperature);
        return answers;
    }

    public bool TryDrive(double left, double right) => world.TrySetWheels(new WheelCommand(new WheelSet(left, right, 0, 0)));

    public void Brake() => world.Brake();
}
