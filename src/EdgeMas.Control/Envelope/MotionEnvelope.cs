using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Envelope;

/// <summary>
/// Between what the controller wants and what the wheels get. Speed is limited so that the base can come to rest before the thing ahead and inside the fence;
/// then both speed and turn rate are changed no faster than allowed.
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

    private readonly Geofence _fence = new(options.Geofence);
    private double _knownRange = double.NaN;
    private double _sinceRange = double.PositiveInfinity;

    /// <summary>The last command that was let through, metres a second.</summary>
    internal double Speed { get; private set; }

    /// <summary>The last command that was let through, radians a second.</summary>
    internal double TurnRate { get; private set; }

    /// <summary>Which limit changed the last command, beside the changes' own speed.</summary>
    internal MotionCause Limited { get; private set; }

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
        if (speed > 0 && options.HasRangeFinder)
            speed = Limit(speed, 0, SpeedBeforeObstacle(), _sinceRange > options.RangePatience.TotalSeconds ? MotionCause.RangeFinder : MotionCause.Obstacle);
        if (speed != 0 && !_fence.IsOpen)
            speed = LimitByFence(speed, input.Pose);
        MustBrake = Speed > 0 && options.HasRangeFinder && (Speed * Speed / (2 * options.MaxDeceleration)) > _knownRange - (options.StopDistance / 4);
        Speed = MustBrake ? 0 : Slew(Speed, speed, options.MaxAcceleration * input.Seconds, options.MaxDeceleration * input.Seconds);
        TurnRate = Slew(TurnRate, turnRate, options.MaxTurnAcceleration * input.Seconds, options.MaxTurnAcceleration * input.Seconds);
    }

    /// <summary>The brakes were used: the next command starts from rest.</summary>
    internal void Rest(MotionCause cause)
    {
        Speed = 0;
        TurnRate = 0;
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
            _knownRange - options.StopDistance - (Math.Max(0, Speed) * ReactionSeconds), options.MaxDeceleration * PlannedShare, LandingGain);

    private double LimitByFence(double speed, in Pose2D pose)
    {
        var ahead = FenceAhead(pose, backwards: speed < 0);
        if (!_fence.Contains(pose.X, pose.Y))
        {
            var most = double.IsFinite(ahead) ? ReturnSpeed : 0;
            return Limit(speed, -most, most, MotionCause.Geofence);
        }
        var limit = SpeedProfile.SpeedFor(
            ahead - options.GeofenceMargin - (Math.Abs(Speed) * ReactionSeconds), options.MaxDeceleration * PlannedShare, LandingGain);
        return Limit(speed, -limit, limit, MotionCause.Geofence);
    }

    private double Limit(double value, double least, double most, MotionCause cause)
    {
        if (value >= least && value <= most)
            return value;
        Limited = cause;
        return Math.Clamp(value, least, most);
    }

    /// <summary>Moves a value towards another: away from zero by at most <paramref name="up"/>, towards zero by at most <paramref name="down"/>.</summary>
    private static double Slew(double from, double to, double up, double down)
    {
        if (from == 0)
            return Math.Clamp(to, -up, up);
        var sign = Math.Sign(from);
        var (size, wanted) = (Math.Abs(from), to * sign);
        if (wanted >= size)
            return sign * Math.Min(wanted, size + up);
        return sign * Math.Max(Math.Max(wanted, 0), size - down);
    }
}
