using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Description;

namespace EdgeMas.Simulation.World;

/// <summary>Four driven wheels with rollers at 45°, each with a slip of its own. Where they contradict each other the base moves by least squares, and rollers slide.</summary>
/// <remarks>Source: K. Lynch and F. Park, Modern Robotics, 13.2.</remarks>
internal sealed class MecanumChassis(RoverDescription rover, long seed) : Chassis
{
    /// <summary>Front left, front right, back left, back right.</summary>
    private readonly Wheel[] _wheels =
    [
        new(rover, new Noise(seed, stream: 1)), new(rover, new Noise(seed, stream: 2)), new(rover, new Noise(seed, stream: 5)), new(rover, new Noise(seed, stream: 6)),
    ];

    internal override WheelSet Angles => new(_wheels[0].Angle, _wheels[1].Angle, _wheels[2].Angle, _wheels[3].Angle);

    internal override WheelSet Speeds => new(_wheels[0].Speed, _wheels[1].Speed, _wheels[2].Speed, _wheels[3].Speed);

    internal override double RimSpeed =>
        (Math.Abs(_wheels[0].Speed) + Math.Abs(_wheels[1].Speed) + Math.Abs(_wheels[2].Speed) + Math.Abs(_wheels[3].Speed)) / 4 * rover.WheelRadiusM;

    internal override void WanderSlip(double seconds)
    {
        foreach (var wheel in _wheels)
            wheel.WanderSlip(seconds);
    }

    internal override (double Ahead, double Left, double Turn) Step(in WheelCommand setpoint, bool braking, RoverFaults faults, double seconds)
    {
        _wheels[0].Step(setpoint.Speeds.FrontLeft, braking, faults.LeftWheelStuck, seconds);
        _wheels[1].Step(setpoint.Speeds.FrontRight, braking, faults.RightWheelStuck, seconds);
        _wheels[2].Step(setpoint.Speeds.BackLeft, braking, stuck: false, seconds);
        _wheels[3].Step(setpoint.Speeds.BackRight, braking, stuck: false, seconds);
        var (fl, fr, bl, br) = (_wheels[0].GroundSpeed, _wheels[1].GroundSpeed, _wheels[2].GroundSpeed, _wheels[3].GroundSpeed);
        return ((fl + fr + bl + br) / 4, (-fl + fr + bl - br) / 4, (-fl + fr - bl + br) / 2 / (rover.WheelBaseM + rover.TrackWidthM));
    }

    internal override void Stall()
    {
        foreach (var wheel in _wheels)
            wheel.Stall();
    }
}
