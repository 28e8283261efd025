using EdgeMas.Control.Drives;
using EdgeMas.Control.Goals;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Envelope;

/// <summary>Keeps a base inside its fence: it may come to rest there whatever it does meanwhile, and turns towards the fence only once it is slow enough for that.</summary>
/// <remarks>The control loop's thread only; allocates nothing.</remarks>
/// <param name="steering">Of a base that steers; null for others.</param>
internal sealed class FenceGuard(EnvelopeOptions options, SteeringLimit? steering)
{
    /// <summary>How fast a base outside its fence may come back.</summary>
    private const double ReturnSpeed = 0.2;

    /// <summary>Arcs between the steering of now and the one that is asked for that are looked along.</summary>
    private const int SteeringLooks = 3;

    /// <summary>Radians that a base is thought to turn at most until it stands, and between two looks at the fence meanwhile.</summary>
    private const double MostSwept = Math.PI;
    private const double SweepStep = 0.2;

    private readonly Geofence _fence = new(options.Geofence);
    private readonly BrakingPlan _braking = new(options);

    /// <summary>Metres from which the fence may slow the fastest base.</summary>
    private readonly double _lookAhead = options.GeofenceMargin + BrakingPlan.LongestWay(options);

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

    /// <param name="wish">Within all other limits.</param>
    /// <param name="now">What is let through already.</param>
    /// <returns>What of the wish may be; no faster.</returns>
    internal MotionCommand Keep(in MotionCommand wish, in MotionCommand now, in Pose2D pose)
    {
        if (_fence.IsOpen)
            return wish;
        if (steering is not null)
            return KeepSteered(steering, wish, now, pose);
        return wish.Side != 0 || now.Side != 0 ? KeepSideways(wish, now, pose) : KeepTurning(wish, now, pose);
    }

    private bool AllowsWay(double fromX, double fromY, double toX, double toY, out double ahead)
    {
        ahead = double.PositiveInfinity;
        var way = new Point2D(fromX, fromY).DistanceTo(new Point2D(toX, toY));
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

    /// <summary>Of a base that turns as it likes.</summary>
    private MotionCommand KeepTurning(in MotionCommand wish, in MotionCommand now, in Pose2D pose)
    {
        var direction = Math.Sign(now.Speed != 0 ? now.Speed : wish.Speed);
        if (direction == 0)
            return wish;
        var (going, turnRate) = (Math.Abs(now.Speed), wish.TurnRate);
        var seconds = _braking.SecondsToRest(going);
        var (held, ahead) = (TurningAhead(pose, direction, 0, now.TurnRate * seconds), TurningAhead(pose, direction, 0, turnRate * seconds));
        if (ahead < held && SpeedBefore(ahead, going) < going)
            (turnRate, ahead) = (0, held);
        return wish with { Speed = Slowed(wish.Speed, direction, Math.Min(held, ahead), going, pose), TurnRate = turnRate };
    }

    /// <summary>Of a base that goes sideways as well: both the way that it takes now and the way that it shall take.</summary>
    private MotionCommand KeepSideways(in MotionCommand wish, in MotionCommand now, in Pose2D pose)
    {
        var (speed, side, turnRate) = (wish.Speed, wish.Side, wish.TurnRate);
        var going = Math.Sqrt((now.Speed * now.Speed) + (now.Side * now.Side));
        var seconds = _braking.SecondsToRest(going);
        var held = Math.Min(TurningAhead(pose, now.Speed, now.Side, now.TurnRate * seconds), TurningAhead(pose, speed, side, now.TurnRate * seconds));
        var turned = Math.Min(TurningAhead(pose, now.Speed, now.Side, turnRate * seconds), TurningAhead(pose, speed, side, turnRate * seconds));
        if (turned < held && SpeedBefore(turned, going) < going)
            (turnRate, turned) = (0, held);
        var ahead = Math.Min(held, turned);
        var isInside = _fence.Contains(pose.X, pose.Y);
        if (isInside)
        {
            // One of the two may come to rest before the other.
            var most = SpeedBefore(TurningAhead(pose, now.Speed, 0, now.TurnRate * seconds), Math.Abs(now.Speed));
            var mostAside = SpeedBefore(TurningAhead(pose, 0, now.Side, now.TurnRate * seconds), Math.Abs(now.Side));
            (speed, side) = (Math.Clamp(speed, -most, most), Math.Clamp(side, -mostAside, mostAside));
        }
        var limit = isInside ? SpeedBefore(ahead, going) : BackIn(ahead);
        var size = Math.Sqrt((speed * speed) + (side * side));
        var share = size <= limit ? 1 : limit / size;
        return wish with { Speed = speed * share, Side = side * share, TurnRate = turnRate };
    }

    private MotionCommand KeepSteered(SteeringLimit limit, in MotionCommand wish, in MotionCommand now, in Pose2D pose)
    {
        var direction = Math.Sign(now.Speed != 0 ? now.Speed : wish.Speed);
        if (direction == 0)
            return wish;
        var (going, steered) = (Math.Abs(now.Speed), wish.Steering);
        var (held, ahead) = (ArcAhead(limit, pose, direction, now.Steering), double.PositiveInfinity);
        for (var i = 1; i <= SteeringLooks; i++)
            ahead = Math.Min(ahead, ArcAhead(limit, pose, direction, now.Steering + ((steered - now.Steering) * i / SteeringLooks)));
        if (ahead < held && SpeedBefore(ahead, going) < going)
            steered = now.Steering;
        return wish with { Speed = Slowed(wish.Speed, direction, Math.Min(held, ahead), going, pose), Steering = steered };
    }

    /// <param name="direction">Of the way, 1 ahead or −1 backwards; who wants to go the other way comes to rest first.</param>
    private double Slowed(double speed, int direction, double ahead, double going, in Pose2D pose)
    {
        if (speed * direction <= 0)
            return speed;
        var most = _fence.Contains(pose.X, pose.Y) ? SpeedBefore(ahead, going) : BackIn(ahead);
        return Math.Clamp(speed, -most, most);
    }

    /// <returns>How fast a base outside may go; not at all where its way does not lead back.</returns>
    private static double BackIn(double ahead) => double.IsFinite(ahead) ? ReturnSpeed : 0;

    private double SpeedBefore(double ahead, double going) => _braking.SpeedBefore(ahead - options.GeofenceMargin, going);

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

    /// <returns>Metres along the arc to the fence, as far as they matter.</returns>
    private double ArcAhead(SteeringLimit limit, in Pose2D pose, int direction, double steered) => _fence.DistanceAlongArc(pose, direction, limit.Curvature(steered), _lookAhead);
}
