using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Description;

namespace EdgeMas.Simulation.World;

/// <summary>
/// A back axle whose motor turns both wheels through a differential gear, and a front axle whose steering follows its setpoint with a lag, no faster than it can. Tyres do not slide
/// sideways: the back axle's middle goes where the car points, and turns as the front wheels stand.
/// </summary>
/// <remarks>Source: R. Rajamani, Vehicle Dynamics and Control, 2.2 (kinematic bicycle model).</remarks>
internal sealed class AckermannChassis(RoverDescription rover, long seed) : Chassis
{
    private readonly Wheel _axle = new(rover, new Noise(seed, stream: 1));
    private readonly double _mostSteering = Math.Atan(rover.WheelBaseM / ((rover.WheelBaseM / Math.Tan(rover.MaxSteeringRad)) + (rover.TrackWidthM / 2)));
    private double _steering, _left, _right, _leftSpeed, _rightSpeed;

    internal override double MiddleAhead => rover.WheelBaseM / 2;

    internal override WheelSet Angles => new(0, 0, _left, _right);

    internal override WheelSet Speeds => new(0, 0, _leftSpeed, _rightSpeed);

    internal override double Steering => _steering;

    internal override double RimSpeed => Math.Abs(_axle.Speed) * rover.WheelRadiusM;

    internal override void WanderSlip(double seconds) => _axle.WanderSlip(seconds);

    internal override (double Ahead, double Left, double Turn) Step(in WheelCommand setpoint, bool braking, RoverFaults faults, double seconds)
    {
        if (!faults.SteeringStuck)
        {
            var wanted = Math.Clamp(setpoint.Steering, -_mostSteering, _mostSteering);
            _steering += Math.Clamp((wanted - _steering) / rover.SteeringLagS, -rover.SteeringRateRadPerS, rover.SteeringRateRadPerS) * seconds;
        }
        var before = _axle.Angle;
        _axle.Step((setpoint.Speeds.BackLeft + setpoint.Speeds.BackRight) / 2, braking, faults.LeftWheelStuck || faults.RightWheelStuck, seconds);
        var curvature = Math.Tan(_steering) / rover.WheelBaseM;
        var share = curvature * rover.TrackWidthM / 2;
        var rolled = _axle.Angle - before;
        _left += rolled * (1 - share);
        _right += rolled * (1 + share);
        (_leftSpeed, _rightSpeed) = (_axle.Speed * (1 - share), _axle.Speed * (1 + share));
        return (_axle.GroundSpeed, 0, _axle.GroundSpeed * curvature);
    }

    internal override void Stall()
    {
        _axle.Stall();
        (_leftSpeed, _rightSpeed) = (0, 0);
    }
}
