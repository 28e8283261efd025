using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Envelope;

/// <summary>
/// Between what the controller wants and what the wheels get. Speed is limited so that the base can come to rest before the thing ahead and inside the fence;
/// then both speed and turn rate are changed no faster than allowed. Too fast is clamped; what may not move at all comes to rest; goals that cannot be allowed are refused.
/// </summary>
/// <remarks>The control loop's thread only; allocates nothing.</remarks>
internal sealed class MotionEnvelope(EnvelopeOptions options)
{
    /// <summary>Share of the deceleration that is planned with; the rest is in hand for lag and noise.</summary>
    private const double PlannedShare = 0.6;

    /// <summary>Per second: how the last centimetres before a limit are approached.</summary>
    private const double LandingGain = 2;

    /// <summary>Time from a reading to the wheels' answer.</summary>
    private const double ReactionSeconds = 0.08;

    /// <summary>How fast a base outside its fence may come back.</summary>
    private const double ReturnSpeed = 0.2;

    /// <summary>Steps are taken for no longer than this, however long the thread was kept away.</summary>
    private const double LongestStep = 0.05;

    private readonly Geofence _fence = new(options.Geofence);
    private readonly double _reactionSeconds = ReactionSeconds + (options.MaxDeceleration * PlannedShare / options.MaxJerk);
    private SlewLimiter _speed = new(-options.MaxReverseSpeed, options.MaxSpeed, options.MaxAcceleration, options.MaxDeceleration, options.MaxJerk);
    private SlewLimiter _turnRate = new(-options.MaxTurnRate, options.MaxTurnRate, options.MaxTurnAcceleration, options.MaxTurnAcceleration, options.MaxTurnJerk);
    private MotorGuard _motors = new(options);
    private double _knownRange = double.NaN;
    private double _sinceRange = double.PositiveInfinity;

    /// <summary>The last command that was let through, metres a second.</summary>
    internal double Speed => _speed.Value;

    /// <summary>The last command that was let through, radians a second.</summary>
    internal double TurnRate => _turnRate.Value;

    /// <summary>Which limit changed the last command, beside the changes' own speed.</summary>
    internal MotionCause Limited { get; private set; }

    /// <summary>Times that a limit began to change the commands.</summary>
    internal long Clamped { get; private set; }

    /// <summary>The thing ahead is nearer than the base can come to rest by slowing down: brake.</summary>
    internal bool MustBrake { get; private set; }

    /// <summary>Metres to the fence from a pose along its heading, or against it.</summary>
    internal double FenceAhead(in Pose2D pose, bool backwards)
    {
        if (_fence.IsOpen)
            return double.PositiveInfinity;
        var (sin, cos) = Math.SinCos(pose.Heading);
        return backwards ? _fence.DistanceAlong(pose.X, pose.Y, -cos, -sin) : _fence.DistanceAlong(pose.X, pose.Y, cos, sin);
    }

    /// <summary>Whether the straight way of a goal stays inside the fence.</summary>
    /// <param name="ahead">Metres of it before the fence comes; infinity where none comes.</param>
    internal bool AllowsGoal(in MotionGoal goal, in Pose2D pose, out double ahead)
    {
        ahead = double.PositiveInfinity;
        switch (goal.Kind)
        {
            case GoalKind.Drive:
                var (sin, cos) = Math.SinCos(pose.Heading);
                return AllowsWay(pose.X, pose.Y, pose.X + (goal.Distance * cos), pose.Y + (goal.Distance * sin), out ahead);
            case GoalKind.GoTo:
                return AllowsWay(pose.X, pose.Y, goal.X, goal.Y, out ahead);
            default:
                return true;
        }
    }

    private bool AllowsWay(double fromX, double fromY, double toX, double toY, out double ahead)
    {
        ahead = double.PositiveInfinity;
        var way = Math.Sqrt(((toX - fromX) * (toX - fromX)) + ((toY - fromY) * (toY - fromY)));
        if (_fence.IsOpen || way < 1e-9)
            return true;
        if (!_fence.Contains(toX, toY))
        {
            ahead = _fence.DistanceAlong(fromX, fromY, (toX - fromX) / way, (toY - fromY) / way);
            return false;
        }
        if (!_fence.Contains(fromX, fromY))
            return true; // it leads back in
        ahead = _fence.DistanceAlong(fromX, fromY, (toX - fromX) / way, (toY - fromY) / way);
        return ahead >= way + options.GeofenceMargin;
    }

    internal void Apply(double speed, double turnRate, in EnvelopeInput input)
    {
        var before = Limited;
        Limited = MotionCause.None;
        KeepRange(input);
        if (input.Forbidden != MotionCause.None)
        {
            speed = 0;
            turnRate = 0;
            Limited = input.Forbidden;
        }
        speed = Limit(speed, -options.MaxReverseSpeed, options.MaxSpeed, MotionCause.Speed);
        turnRate = Limit(turnRate, -options.MaxTurnRate, options.MaxTurnRate, MotionCause.TurnRate);
        if (!double.IsFinite(speed) || !double.IsFinite(turnRate))
        {
            speed = 0;
            turnRate = 0;
            Limited = MotionCause.Goal;
        }
        if (speed != 0 && _motors.Cause != MotionCause.None)
            speed = Limit(speed, -options.MaxReverseSpeed * _motors.Share, options.MaxSpeed * _motors.Share, _motors.Cause);
        if (speed > 0 && options.HasRangeFinder)
            speed = Limit(speed, 0, SpeedBeforeObstacle(), _sinceRange > options.RangePatience.TotalSeconds ? MotionCause.RangeFinder : MotionCause.Obstacle);
        if (speed != 0 && !_fence.IsOpen)
            speed = LimitByFence(speed, input.Pose);
        MustBrake = Speed > 0 && options.HasRangeFinder && (Speed * Speed / (2 * options.MaxDeceleration)) > _knownRange - (options.StopDistance / 4);
        if (Limited != MotionCause.None && Limited != before)
            Clamped++;
        if (MustBrake)
            _speed.Rest();
        else
            _speed.Move(speed, Math.Min(input.Seconds, LongestStep));
        _turnRate.Move(turnRate, Math.Min(input.Seconds, LongestStep));
    }

    /// <summary>Looks at what the motors draw and how hot they are.</summary>
    /// <returns>Why the base may not move at all now.</returns>
    internal MotionCause Guard(double current, double temperature, double seconds) => _motors.Observe(current, temperature, seconds);

    /// <summary>The brakes were used: the next command starts from rest.</summary>
    internal void Rest(MotionCause cause)
    {
        _speed.Rest();
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

    private double SpeedBeforeObstacle() => _sinceRange > options.RangePatience.TotalSeconds
        ? 0
        : SpeedProfile.SpeedFor(
            _knownRange - options.StopDistance - (Math.Max(0, Speed) * _reactionSeconds), options.MaxDeceleration * PlannedShare, LandingGain);

    private double LimitByFence(double speed, in Pose2D pose)
    {
        var ahead = FenceAhead(pose, backwards: speed < 0);
        if (!_fence.Contains(pose.X, pose.Y))
        {
            var most = double.IsFinite(ahead) ? ReturnSpeed : 0;
            return Limit(speed, -most, most, MotionCause.Geofence);
        }
        var limit = SpeedProfile.SpeedFor(
            ahead - options.GeofenceMargin - (Math.Abs(Speed) * _reactionSeconds), options.MaxDeceleration * PlannedShare, LandingGain);
        return Limit(speed, -limit, limit, MotionCause.Geofence);
    }

    private double Limit(double value, double least, double most, MotionCause cause)
    {
        if (value >= least && value <= most)
            return value;
        Limited = cause;
        return Math.Clamp(value, least, most);
    }
}
