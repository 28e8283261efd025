using EdgeMas.Control.Loop;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Flight;

/// <summary>
/// Between the velocity that the controller wants and the one that the attitude is made for: speed, climb and descent, the fence, and how fast the velocity may
/// change. The tilt is limited where it is made (<see cref="FlightController"/>).
/// </summary>
/// <remarks>The control loop's thread only; allocates nothing.</remarks>
internal sealed class FlightEnvelope(FlightLimits limits)
{
    private readonly FlightFence _fence = new(limits);

    /// <summary>The last velocity that was let through, metres a second.</summary>
    internal Vector3D Velocity { get; private set; }

    /// <summary>By which it changed, metres per second squared.</summary>
    internal Vector3D Acceleration { get; private set; }

    /// <summary>Which limit changed the last velocity, beside the changes' own speed.</summary>
    internal MotionCause Limited { get; private set; }

    internal MotionCause RefusalOf(in FlightGoal goal, in Vector3D position)
    {
        switch (goal.Kind)
        {
            case FlightGoalKind.TakeOff:
                return _fence.AllowsPoint(position with { Z = goal.Target.Z }) ? MotionCause.None : MotionCause.Geofence;
            case FlightGoalKind.FlyTo:
                return _fence.AllowsPoint(goal.Target) && _fence.AllowsWay(position, goal.Target) ? MotionCause.None : MotionCause.Geofence;
            default:
                return MotionCause.None;
        }
    }

    /// <summary>The next velocity starts from this one: at the start of a flight.</summary>
    internal void Rest(in Vector3D velocity) => (Velocity, Acceleration) = (velocity, default);

    /// <param name="wanted">Metres a second; one that is no number counts as rest.</param>
    internal void Apply(Vector3D wanted, in Vector3D position, in Vector3D moving, bool isLanding, double seconds)
    {
        Limited = MotionCause.None;
        if (!wanted.IsFinite)
            (wanted, Limited) = (default, MotionCause.Goal);
        if (wanted.HorizontalLength > limits.MaxSpeed)
            (wanted, Limited) = (Slowed(wanted), MotionCause.Speed);
        if (wanted.Z > limits.MaxClimb || wanted.Z < -limits.MaxDescent)
            (wanted, Limited) = (wanted with { Z = Math.Clamp(wanted.Z, -limits.MaxDescent, limits.MaxClimb) }, MotionCause.Speed);
        var inside = Slowed(_fence.Limit(wanted, position, moving, isLanding));
        if ((inside - wanted).Length > 1e-6)
            Limited = MotionCause.Geofence;

        var change = inside - Velocity;
        var most = limits.MaxAcceleration * seconds;
        var across = change.HorizontalLength;
        var share = across > most ? most / across : 1;
        change = new Vector3D(change.X * share, change.Y * share, Math.Clamp(change.Z, -most, most));
        Velocity += change;
        Acceleration = change * (1 / seconds);
    }

    private Vector3D Slowed(in Vector3D velocity)
    {
        var speed = velocity.HorizontalLength;
        return speed > limits.MaxSpeed ? new Vector3D(velocity.X / speed * limits.MaxSpeed, velocity.Y / speed * limits.MaxSpeed, velocity.Z) : velocity;
    }
}
