using EdgeMas.Control.Drives;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Envelope;

/// <summary>
/// Between what the controller wants and what the wheels get. Speed is limited so that the base can come to rest before the thing ahead and inside the fence;
/// then speed, side speed and turn rate, or the steering, are changed no faster than allowed. Too fast is clamped; what may not move at all comes to rest; goals that cannot be allowed are refused.
/// </summary>
/// <remarks>The control loop's thread only; allocates nothing.</remarks>
/// <param name="steering">Of a base that steers; null for others.</param>
internal sealed class MotionEnvelope(EnvelopeOptions options, SteeringLimit? steering = null)
{
    /// <summary>Steps are taken for no longer than this, however long the thread was kept away.</summary>
    private const double LongestStep = 0.05;

    private readonly BrakingPlan _braking = new(options);
    private readonly FenceGuard _fence = new(options, steering);
    private SlewLimiter _speed = new(-options.MaxReverseSpeed, options.MaxSpeed, options.MaxAcceleration, options.MaxDeceleration, options.MaxJerk);
    private SlewLimiter _turnRate = new(-options.MaxTurnRate, options.MaxTurnRate, options.MaxTurnAcceleration, options.MaxTurnAcceleration, options.MaxTurnJerk);
    private SlewLimiter _side = new(-options.MaxSideSpeed, options.MaxSideSpeed, options.MaxAcceleration, options.MaxDeceleration, options.MaxJerk);
    private SlewLimiter _steering = new(-(steering?.Most ?? 0), steering?.Most ?? 0, steering?.Rate ?? 0, steering?.Rate ?? 0, double.PositiveInfinity);
    private MotorGuard _motors = new(options);
    private double _knownRange = double.NaN;
    private double _sinceRange = double.PositiveInfinity;

    /// <summary>The last command that was let through, metres a second.</summary>
    internal double Speed => _speed.Value;

    /// <summary>The last command that was let through, radians a second.</summary>
    internal double TurnRate => steering is null ? _turnRate.Value : Speed * steering.Curvature(Steering);

    /// <summary>The last command that was let through, metres a second to the left.</summary>
    internal double Side => _side.Value;

    /// <summary>The last command that was let through, radians of the wheel in the middle of the front axle.</summary>
    internal double Steering => _steering.Value;

    /// <summary>All of the last command that was let through.</summary>
    internal MotionCommand Command => new(_speed.Value, _side.Value, steering is null ? _turnRate.Value : 0, _steering.Value);

    /// <summary>Which limit changed the last command, beside the changes' own speed.</summary>
    internal MotionCause Limited { get; private set; }

    /// <summary>Times that a limit began to change the commands.</summary>
    internal long Clamped { get; private set; }

    /// <summary>The thing ahead is nearer than the base can come to rest by slowing down: brake.</summary>
    internal bool MustBrake { get; private set; }

    /// <inheritdoc cref="FenceGuard.AllowsGoal"/>
    internal bool AllowsGoal(in MotionGoal goal, in Pose2D pose, out double ahead) => _fence.AllowsGoal(goal, pose, out ahead);

    /// <summary>The steering stands there, whatever it was told.</summary>
    internal void SteeringStandsAt(double angle) => _steering.StandAt(angle);

    internal void Apply(double speed, double turnRate, in EnvelopeInput input) => Apply(new MotionCommand(speed, 0, turnRate, 0), input);

    internal void Apply(in MotionCommand wish, in EnvelopeInput input)
    {
        var (speed, side, turnRate, steered) = wish;
        var before = Limited;
        Limited = MotionCause.None;
        KeepRange(input);
        if (input.Forbidden != MotionCause.None)
        {
            (speed, side, turnRate) = (0, 0, 0);
            Limited = input.Forbidden;
        }
        speed = Limit(speed, -options.MaxReverseSpeed, options.MaxSpeed, MotionCause.Speed);
        side = Limit(side, -options.MaxSideSpeed, options.MaxSideSpeed, MotionCause.Speed);
        turnRate = Limit(turnRate, -options.MaxTurnRate, options.MaxTurnRate, MotionCause.TurnRate);
        if (!double.IsFinite(speed) || !double.IsFinite(side) || !double.IsFinite(turnRate) || !double.IsFinite(steered))
        {
            (speed, side, turnRate, steered) = (0, 0, 0, Steering);
            Limited = MotionCause.Goal;
        }
        if (speed != 0 && _motors.Cause != MotionCause.None)
            speed = Limit(speed, -options.MaxReverseSpeed * _motors.Share, options.MaxSpeed * _motors.Share, _motors.Cause);
        if (side != 0 && _motors.Cause != MotionCause.None)
            side = Limit(side, -options.MaxSideSpeed * _motors.Share, options.MaxSideSpeed * _motors.Share, _motors.Cause);
        if (speed > 0 && options.HasRangeFinder)
            speed = Limit(speed, 0, SpeedBeforeObstacle(), _sinceRange > options.RangePatience.TotalSeconds ? MotionCause.RangeFinder : MotionCause.Obstacle);
        if (steering is not null)
        {
            steered = Limit(steered, -steering.Most, steering.Most, MotionCause.TurnRate);
            var turning = steering.SpeedAt(Steering);
            speed = Limit(speed, -turning, turning, MotionCause.TurnRate);
        }
        var kept = _fence.Keep(new MotionCommand(speed, side, turnRate, steered), Command, input.Pose);
        if (kept.Speed != speed || kept.Side != side)
            Limited = MotionCause.Geofence;
        (speed, side, turnRate, steered) = kept;
        MustBrake = Speed > 0 && options.HasRangeFinder && (Speed * Speed / (2 * options.MaxDeceleration)) > _knownRange - (options.StopDistance / 4);
        if (Limited != MotionCause.None && Limited != before)
            Clamped++;
        if (MustBrake)
        {
            _speed.Rest();
            _side.Rest();
        }
        else
        {
            _speed.Move(speed, Math.Min(input.Seconds, LongestStep));
            _side.Move(side, Math.Min(input.Seconds, LongestStep));
        }
        if (steering is null)
            _turnRate.Move(turnRate, Math.Min(input.Seconds, LongestStep));
        else
            Steer(steering, steered, Math.Min(input.Seconds, LongestStep));
    }

    /// <summary>Looks at what the motors draw and how hot they are.</summary>
    /// <returns>Why the base may not move at all now.</returns>
    internal MotionCause Guard(double current, double temperature, double seconds) => _motors.Observe(current, temperature, seconds);

    /// <summary>The brakes were used: the next command starts from rest.</summary>
    internal void Rest(MotionCause cause)
    {
        _speed.Rest();
        _side.Rest();
        _turnRate.Rest();
        if (cause != MotionCause.None && cause != Limited)
            Clamped++;
        Limited = cause;
    }

    private void KeepRange(in EnvelopeInput input)
    {
        if (double.IsNaN(input.Range))
        {
            _sinceRange += input.Seconds;
            _knownRange -= Math.Max(0, Speed) * input.Seconds; // what was seen comes nearer
            return;
        }
        _knownRange = input.Range;
        _sinceRange = 0;
    }

    private double SpeedBeforeObstacle() =>
        _sinceRange > options.RangePatience.TotalSeconds ? 0 : _braking.SpeedBefore(_knownRange - options.StopDistance, Math.Max(0, Speed));

    /// <summary>Only as far as the speed that may still be reached allows: so turning stays within its limit whatever speed does.</summary>
    private void Steer(SteeringLimit limit, double steered, double seconds)
    {
        var most = limit.MostAt(_speed.Peak(seconds));
        _steering.Move(Math.Clamp(steered, -most, most), seconds);
    }

    private double Limit(double value, double least, double most, MotionCause cause)
    {
        if (value >= least && value <= most)
            return value;
        Limited = cause;
        return Math.Clamp(value, least, most);
    }
}
