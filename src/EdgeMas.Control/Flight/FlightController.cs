using EdgeMas.Control.Regulation;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Flight;

/// <summary>The inner loops of a quadrotor: from a velocity to an acceleration, its attitude and thrust, the turning towards that attitude, and the rotors.</summary>
/// <remarks>
/// The control loop's thread only; allocates nothing. Source: D. Mellinger and V. Kumar, Minimum Snap Trajectory Generation and Control for Quadrotors, ICRA 2011 (attitude from thrust and yaw);
/// D. Brescianini, M. Hehn and R. D'Andrea, Nonlinear Quadrocopter Attitude Control, ETH Zürich 2013 (rates from the quaternion of the error).
/// </remarks>
internal sealed class FlightController
{
    private const double Gravity = 9.80665;

    /// <summary>Per second: turning towards the attitude, and of the yaw.</summary>
    private const double AttitudeGain = 6;
    private const double YawGain = 2.5;

    /// <summary>Per second: reaching the turning.</summary>
    private const double RateGain = 18;
    private const double YawRateGain = 7;

    private const double MostTurning = 4;

    private readonly QuadrotorGeometry _geometry;
    private readonly FlightLimits _limits;
    private readonly RotorMixer _mixer;
    private readonly double _tangent;
    private PidRegulator _x, _y, _z;
    private double _yaw;

    internal FlightController(in QuadrotorGeometry geometry, FlightLimits limits)
    {
        (_geometry, _limits, _mixer) = (geometry, limits, new RotorMixer(geometry));
        _tangent = Math.Tan(limits.MaxTilt);
        var across = Gravity * _tangent;
        var gains = new PidGains(2.6, 0.9, 0, -across, across);
        (_x, _y) = (new PidRegulator(gains), new PidRegulator(gains));
        _z = new PidRegulator(new PidGains(4, 2, 0, -0.4 * Gravity, 0.5 * Gravity));
    }

    /// <summary>Tilt that was asked for last, radians.</summary>
    internal double Tilt { get; private set; }

    /// <summary>A flight begins.</summary>
    internal void Begin(double yaw)
    {
        _x.Reset();
        _y.Reset();
        _z.Reset();
        _yaw = yaw;
    }

    /// <param name="velocity">Let through by the envelope, metres a second; likewise its change.</param>
    /// <param name="yaw">Radians to end at.</param>
    internal RotorSpeeds Step(in QuadrotorSensors sensors, in Vector3D velocity, in Vector3D acceleration, double yaw, double seconds)
    {
        _yaw += Math.Clamp(Angles.Wrap(yaw - _yaw), -_limits.MaxYawRate * seconds, _limits.MaxYawRate * seconds);
        var wanted = new Vector3D(
            _x.Step(velocity.X, sensors.Velocity.X, acceleration.X, seconds),
            _y.Step(velocity.Y, sensors.Velocity.Y, acceleration.Y, seconds),
            _z.Step(velocity.Z, sensors.Velocity.Z, acceleration.Z, seconds));
        var force = (wanted + new Vector3D(0, 0, Gravity)) * _geometry.Mass;
        var across = force.HorizontalLength;
        if (across > force.Z * _tangent)
            force = new Vector3D(force.X / across * force.Z * _tangent, force.Y / across * force.Z * _tangent, force.Z);

        var up = force.Normalized();
        Tilt = Math.Acos(Math.Clamp(up.Z, -1, 1));
        var rates = RatesTowards(sensors.Attitude, Attitude.FromUp(up, _yaw));
        var thrust = Math.Max(0, Vector3D.Dot(force, sensors.Attitude.Up));
        return _mixer.Mix(thrust, TorqueFor(rates, sensors.AngularRate));
    }

    private Vector3D RatesTowards(in Attitude now, in Attitude wanted)
    {
        var error = now.Inverse() * wanted;
        var sign = error.W < 0 ? -2.0 : 2.0; // the short way round
        return new Vector3D(
            Math.Clamp(sign * AttitudeGain * error.X, -MostTurning, MostTurning),
            Math.Clamp(sign * AttitudeGain * error.Y, -MostTurning, MostTurning),
            Math.Clamp(sign * YawGain * error.Z, -_limits.MaxYawRate, _limits.MaxYawRate));
    }

    private Vector3D TorqueFor(in Vector3D wanted, in Vector3D turning)
    {
        var inertia = _geometry.Inertia;
        var momentum = new Vector3D(inertia.X * turning.X, inertia.Y * turning.Y, inertia.Z * turning.Z);
        return new Vector3D(
            inertia.X * RateGain * (wanted.X - turning.X), inertia.Y * RateGain * (wanted.Y - turning.Y), inertia.Z * YawRateGain * (wanted.Z - turning.Z))
            + Vector3D.Cross(turning, momentum);
    }
}
