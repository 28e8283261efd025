using EdgeMas.Control.Kinematics;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Envelope;

/// <summary>What the steering of a base may do: the tighter of what its body can and the envelope allows. Immutable; allocates nothing once made.</summary>
internal sealed class SteeringLimit
{
    private readonly double _wheelBase, _turnRate;

    /// <exception cref="ControlOptionsException">A measure cannot be used.</exception>
    internal SteeringLimit(in WheeledGeometry geometry, EnvelopeOptions limits)
    {
        ControlOptionsException.ThrowUnlessAbove(geometry.MaxSteeringRate, 0, $"{nameof(WheeledGeometry)}.{nameof(geometry.MaxSteeringRate)}");
        var kinematics = new AckermannKinematics(geometry.WheelBase, geometry.TrackWidth, Math.Min(geometry.MaxSteering, limits.MaxSteering), limits.MaxSpeed);
        (_wheelBase, _turnRate) = (geometry.WheelBase, limits.MaxTurnRate);
        (Most, MinimumRadius) = (kinematics.MostSteering, kinematics.MinimumRadius);
        Rate = Math.Min(geometry.MaxSteeringRate, limits.MaxSteeringRate);
    }

    /// <summary>Radians of the wheel in the middle.</summary>
    internal double Most { get; }

    /// <summary>Radians a second.</summary>
    internal double Rate { get; }

    /// <summary>Metres, of the middle of the back axle.</summary>
    internal double MinimumRadius { get; }

    /// <returns>Radians for a curvature in 1/m, as near to it as can be steered.</returns>
    internal double For(double curvature) => Math.Clamp(Math.Atan(_wheelBase * curvature), -Most, Most);

    /// <returns>1/m, left positive.</returns>
    internal double Curvature(double steering) => Math.Tan(steering) / _wheelBase;

    /// <returns>Metres a second at which the base turns as fast as it may.</returns>
    internal double SpeedAt(double steering) => _turnRate / Math.Abs(Curvature(steering));

    /// <returns>The most that may be steered at a speed.</returns>
    internal double MostAt(double speed) => Math.Min(Most, Math.Atan(_wheelBase * _turnRate / Math.Abs(speed)));
}
