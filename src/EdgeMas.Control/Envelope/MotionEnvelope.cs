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
    /// <summary>Share of the deceleration that is planned with; the rest is in hand for lag and noise.</summary>
    private const double PlannedShare = 0.6;

    /// <summary>Per second: how the last centimetres before a limit are approached.</summary>
    private const double LandingGain = 2;

    /// <summary>Time from a reading to the wheels' answer.</summary>
    private const double ReactionSeconds = 0.08;

    /// <summary>How fast a base outside its fence may come back.</summary>
    private const double ReturnSpeed = 0.2;

    /// <summary>Arcs between the steering of now and the one that is asked for that are looked along.</summary>
    private const int SteeringLooks = 3;

    /// <summary>Radians that a base is thought to turn at most until it stands, and between two looks at the fence meanwhile.</summary>
    private const double MostSwept = Math.PI;
    private const double SweepStep = 0.2;

    /// <summary>Steps are taken for no longer than this, however long the thread was kept away.</summary>
    private const double LongestStep = 0.05;

    private readonly Geofence _fence = new(options.Geofence);

    /// <summary>Metres from which the fence may slow the fastest base.</summary>
    private readonly double _lookAhead = options.GeofenceMargin + (options.MaxDeceleration / 4)
        + (Math.Max(options.MaxSpeed, options.MaxReverseSpeed) * (ReactionSeconds + (options.MaxDeceleration / options.MaxJerk) + (Math.Max(options.MaxSpeed, options.MaxReverseSpeed) / options.MaxDeceleration)));

    private readonly double _reactionSeconds = ReactionSeconds + (options.MaxDeceleration * PlannedShare / options.MaxJerk);
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
            case GoalKind.Strafe:
                var (left, up) = Math.SinCos(pose.Heading);
                return AllowsWay(pose.X, pose.Y, pose.X - (goal.Distance * left), pose.Y + (goal.Distance * up), out ahead);
            case GoalKind.Arc:
                return AllowsArc(goal, pose, out ahead);
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

    private bool AllowsArc(in MotionGoal goal, in Pose2D pose, out double ahead)
    {
        var from = double.IsNaN(goal.Heading) ? pose : new Pose2D(goal.X, goal.Y, goal.Heading);
        var (way, curvature, direction) = (Math.Abs(goal.Distance), goal.Angle / goal.Distance, Math.Sign(goal.Distance));
        ahead = _fence.DistanceAlongArc(from, direction, curvature, way + options.GeofenceMargin);
        return ahead >= way + options.GeofenceMargin || !_fence.Contains(pose.X, pose.Y); // or it leads back in
    }

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
            (speed, steered) = LimitSteered(speed, steered, input.Pose);
        else if (side != 0 || Side != 0)
            (speed, side, turnRate) = LimitSideways(speed, side, turnRate, input.Pose);
        else if (!_fence.IsOpen)
            (speed, turnRate) = LimitTurning(speed, turnRate, input.Pose);
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

    private double SpeedBeforeObstacle() => _sinceRange > options.RangePatience.TotalSeconds
        ? 0
        : SpeedProfile.SpeedFor(
            _knownRange - options.StopDistance - (Math.Max(0, Speed) * _reactionSeconds), options.MaxDeceleration * PlannedShare, LandingGain);

    /// <summary>Of a base that turns as it likes: it comes to rest inside the fence wherever it may have turned by then, and turns towards the fence only once it is slow enough for that.</summary>
    private (double Speed, double TurnRate) LimitTurning(double speed, double turnRate, in Pose2D pose)
    {
        var direction = Math.Sign(Speed != 0 ? Speed : speed);
        if (direction == 0)
            return (speed, turnRate);
        var going = Math.Abs(Speed);
        var seconds = SecondsToRest(going);
        var (held, ahead) = (TurningAhead(pose, direction, 0, TurnRate * seconds), TurningAhead(pose, direction, 0, turnRate * seconds));
        if (ahead < held && SpeedBeforeFence(ahead, going) < going)
            (turnRate, ahead) = (0, held);
        ahead = Math.Min(held, ahead);
        if (speed * direction <= 0)
            return (speed, turnRate); // it comes to rest first
        var limit = _fence.Contains(pose.X, pose.Y) ? SpeedBeforeFence(ahead, going) : double.IsFinite(ahead) ? ReturnSpeed : 0;
        return (Limit(speed, -limit, limit, MotionCause.Geofence), turnRate);
    }

    private double SecondsToRest(double going) => _reactionSeconds + (going / (options.MaxDeceleration * PlannedShare));

    /// <returns>Metres to the fence in the direction that is the nearest to it while a base that goes ahead and to the left turns by an angle; infinity for one that stands.</returns>
    private double TurningAhead(in Pose2D pose, double ahead, double left, double angle)
    {
        if (ahead == 0 && left == 0)
            return double.PositiveInfinity;
        angle = Math.Clamp(angle, -MostSwept, MostSwept);
        var course = pose.Heading + Math.Atan2(left, ahead);
        var looks = (int)Math.Ceiling(Math.Abs(angle) / SweepStep);
        var nearest = double.PositiveInfinity;
        for (var i = 0; i <= looks; i++)
        {
            var (sin, cos) = Math.SinCos(course + (looks == 0 ? 0 : angle * i / looks));
            nearest = Math.Min(nearest, _fence.DistanceAlong(pose.X, pose.Y, cos, sin));
        }
        return nearest;
    }

    /// <summary>Of a base that goes sideways as well: the way it takes now and the way it shall take both end inside the fence, wherever it may have turned by then.</summary>
    private (double Speed, double Side, double TurnRate) LimitSideways(double speed, double side, double turnRate, in Pose2D pose)
    {
        if (_fence.IsOpen)
            return (speed, side, turnRate);
        var going = Math.Sqrt((Speed * Speed) + (Side * Side));
        var seconds = SecondsToRest(going);
        var held = Math.Min(TurningAhead(pose, Speed, Side, TurnRate * seconds), TurningAhead(pose, speed, side, TurnRate * seconds));
        var turned = Math.Min(TurningAhead(pose, Speed, Side, turnRate * seconds), TurningAhead(pose, speed, side, turnRate * seconds));
        if (turned < held && SpeedBeforeFence(turned, going) < going)
            (turnRate, turned) = (0, held);
        var ahead = Math.Min(held, turned);
        var isInside = _fence.Contains(pose.X, pose.Y);
        if (isInside)
        {
            // One of the two may come to rest before the other.
            var (most, mostAside) = (SpeedBeforeFence(TurningAhead(pose, Speed, 0, TurnRate * seconds), Math.Abs(Speed)), SpeedBeforeFence(TurningAhead(pose, 0, Side, TurnRate * seconds), Math.Abs(Side)));
            speed = Limit(speed, -most, most, MotionCause.Geofence);
            side = Limit(side, -mostAside, mostAside, MotionCause.Geofence);
        }
        var limit = isInside ? SpeedBeforeFence(ahead, going) : double.IsFinite(ahead) ? ReturnSpeed : 0;
        var size = Math.Sqrt((speed * speed) + (side * side));
        if (size <= limit)
            return (speed, side, turnRate);
        Limited = MotionCause.Geofence;
        return (speed * limit / size, side * limit / size, turnRate);
    }

    private (double Speed, double Steering) LimitSteered(double speed, double steered, in Pose2D pose)
    {
        steered = Limit(steered, -steering!.Most, steering.Most, MotionCause.TurnRate);
        var turning = steering.SpeedAt(Steering);
        speed = Limit(speed, -turning, turning, MotionCause.TurnRate);
        var direction = Math.Sign(Speed != 0 ? Speed : speed);
        if (_fence.IsOpen || direction == 0)
            return (speed, steered);
        var (held, ahead) = (ArcAhead(pose, direction, Steering), double.PositiveInfinity);
        for (var i = 1; i <= SteeringLooks; i++)
            ahead = Math.Min(ahead, ArcAhead(pose, direction, Steering + ((steered - Steering) * i / SteeringLooks)));
        if (ahead < held && SpeedBeforeFence(ahead, Math.Abs(Speed)) < Math.Abs(Speed))
            steered = Steering; // towards the fence only once it is slow enough for that
        ahead = Math.Min(held, ahead);
        if (speed * direction <= 0)
            return (speed, steered); // it comes to rest first
        if (!_fence.Contains(pose.X, pose.Y))
        {
            var most = double.IsFinite(ahead) ? ReturnSpeed : 0;
            return (Limit(speed, -most, most, MotionCause.Geofence), steered);
        }
        var limit = SpeedBeforeFence(ahead, Math.Abs(Speed));
        return (Limit(speed, -limit, limit, MotionCause.Geofence), steered);
    }

    /// <returns>Metres along the arc to the fence, as far as they matter.</returns>
    private double ArcAhead(in Pose2D pose, int direction, double steered) => _fence.DistanceAlongArc(pose, direction, steering!.Curvature(steered), _lookAhead);

    private double SpeedBeforeFence(double ahead, double going) => SpeedProfile.SpeedFor(
        ahead - options.GeofenceMargin - (going * _reactionSeconds), options.MaxDeceleration * PlannedShare, LandingGain);

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
