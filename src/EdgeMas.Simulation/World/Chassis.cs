using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Description;

namespace EdgeMas.Simulation.World;

/// <summary>What carries the rover: from setpoints of its actuators to how it moves over the ground. Rigid and planar; allocates only when made.</summary>
internal abstract class Chassis
{
    /// <summary>Metres from the point that the pose tells to the middle of the body, ahead.</summary>
    internal virtual double MiddleAhead => 0;

    /// <summary>Radians since the start.</summary>
    internal abstract WheelSet Angles { get; }

    /// <summary>Radians a second.</summary>
    internal abstract WheelSet Speeds { get; }

    /// <summary>Radians of the wheel in the middle of the front axle; NaN where nothing steers.</summary>
    internal virtual double Steering => double.NaN;

    /// <summary>The mean of its wheels' rims, metres a second: what its motors work for.</summary>
    internal abstract double RimSpeed { get; }

    internal static Chassis Of(RoverDescription rover, long seed) => rover.Drive switch
    {
        DriveKind.Mecanum => new MecanumChassis(rover, seed),
        DriveKind.Ackermann => new AckermannChassis(rover, seed),
        _ => new DifferentialChassis(rover, seed),
    };

    internal abstract void WanderSlip(double seconds);

    /// <returns>How the rover moves over the ground: metres a second ahead and to the left, radians a second counter-clockwise.</returns>
    internal abstract (double Ahead, double Left, double Turn) Step(in WheelCommand setpoint, bool braking, RoverFaults faults, double seconds);

    /// <summary>The body stands against something: the motors stall.</summary>
    internal abstract void Stall();
}
