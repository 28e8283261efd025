using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Description;

namespace EdgeMas.Simulation.World;

/// <summary>Two driven wheels.</summary>
internal sealed class DifferentialChassis(RoverDescription rover, long seed) : Chassis
{
    private readonly Wheel _left = new(rover, new Noise(seed, stream: 1));
    private readonly Wheel _right = new(rover, new Noise(seed, stream: 2));

    internal override WheelSet Angles => new(_left.Angle, _right.Angle, 0, 0);

    internal override WheelSet Speeds => new(_left.Speed, _right.Speed, 0, 0);

    internal override double RimSpeed => (Math.Abs(_left.Speed) + Math.Abs(_right.Speed)) / 2 * rover.WheelRadiusM;

    internal override void WanderSlip(double seconds)
    {
        _left.WanderSlip(seconds);
        _right.WanderSlip(seconds);
    }

    internal override (double Ahead, double Left, double Turn) Step(in WheelCommand setpoint, bool braking, RoverFaults faults, double seconds)
    {
        _left.Step(setpoint.Speeds.FrontLeft, braking, faults.LeftWheelStuck, seconds);
        _right.Step(setpoint.Speeds.FrontRight, braking, faults.RightWheelStuck, seconds);
        return ((_left.GroundSpeed + _right.GroundSpeed) / 2, 0, (_right.GroundSpeed - _left.GroundSpeed) / rover.TrackWidthM);
    }

    internal override void Stall()
    {
        _left.Stall();
        _right.Stall();
    }
}
