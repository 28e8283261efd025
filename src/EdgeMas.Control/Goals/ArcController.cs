using EdgeMas.Control.Drives;
using EdgeMas.Control.Envelope;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Odometry;

namespace EdgeMas.Control.Goals;

/// <summary>
/// Drives a base that steers along straight lines and arcs. It steers first and then drives, so that the curvature may jump where it stands, and leads the base back to the
/// line by a double pole over the way: two lengths of <see cref="LandingLength"/> after which an error has all but gone.
/// </summary>
/// <remarks>
/// The control loop's thread only; allocates nothing. Source of the law: P. Morin and C. Samson, Motion Control of Wheeled Mobile Robots, Springer Handbook of Robotics, 2008, 34.3
/// (path following in the path's own frame, linearised).
/// </remarks>
internal sealed class ArcController(ControlOptions options, WheelOdometry odometry, SteeringLimit steering) : IGoalController
{
    /// <summary>Per second: how the last centimetres are approached.</summary>
    private const double PositionGain = 2.5;

    /// <summary>Least speed while there is still way to go, so that a landing ends.</summary>
    private const double CreepSpeed = 0.015;

    /// <summary>The wheels' lag behind their setpoint, in seconds.</summary>
    private const double Lag = 0.07;

    /// <summary>Metres over which the base comes back to its line.</summary>
    private const double LandingLength = 0.4;

    /// <summary>Radians by which the steering may be off when the base starts.</summary>
    private const double AimTolerance = 0.03;

    private MotionGoal _goal;
    private bool _isOnWay, _hasAimed, _arrived;
    private double _x, _y, _heading, _length, _curvature, _direction;
    private double _swept, _lastRadial;

    public MotionCommand Command { get; private set; }

    public double Remaining { get; private set; }

    public bool IsDone { get; private set; }

    public void Begin(in MotionGoal goal)
    {
        _goal = goal;
        IsDone = false;
        if (goal.Kind is not (GoalKind.Drive or GoalKind.Arc) || goal.Distance == 0)
        {
            Rest();
            return;
        }
        var isPlanned = goal.Kind == GoalKind.Arc && !double.IsNaN(goal.Heading);
        (_x, _y, _heading) = isPlanned ? (goal.X, goal.Y, goal.Heading) : (odometry.X, odometry.Y, odometry.Heading);
        (_length, _direction) = (Math.Abs(goal.Distance), Math.Sign(goal.Distance));
        _curvature = goal.Kind == GoalKind.Arc ? goal.Angle / goal.Distance : 0;
        if (Math.Abs(_curvature) < 1e-6)
            _curvature = 0;
        (_isOnWay, _hasAimed, _arrived) = (true, false, false);
        (_swept, _lastRadial) = (0, _heading - (Math.Sign(_curvature) * Math.PI / 2));
        Remaining = _length;
    }

    public void Rest()
    {
        _isOnWay = false;
        Remaining = 0;
    }

    public void Update()
    {
        if (!_isOnWay)
        {
            Command = new MotionCommand(0, 0, 0, Held);
            IsDone = odometry.IsStanding;
            return;
        }
        var (along, aside) = _curvature == 0 ? AlongLine() : AlongArc();
        var rest = _length - (_direction * along);
        _arrived |= rest <= options.PositionTolerance;
        Remaining = Math.Max(0, rest);
        if (_arrived)
        {
            Command = new MotionCommand(0, 0, 0, Held);
            IsDone = odometry.IsStanding;
            return;
        }
        var steered = steering.For(CurvatureFor(along, aside));
        _hasAimed |= Math.Abs(odometry.Steering - steered) < AimTolerance;
        Command = new MotionCommand(_hasAimed ? _direction * SpeedFor(rest) : 0, 0, 0, steered);
    }

    /// <summary>The wheels stay as they are.</summary>
    private double Held => Command.Steering;

    private double SpeedFor(double rest)
    {
        var cruise = double.IsNaN(_goal.Speed) ? options.CruiseSpeed : _goal.Speed;
        return Math.Min(cruise, Math.Max(CreepSpeed, SpeedProfile.SpeedFor(rest - (Lag * Math.Abs(odometry.Speed)), options.Deceleration, PositionGain)));
    }

    /// <param name="along">Metres of the way, in the heading's direction.</param>
    /// <param name="aside">Metres to the left of it.</param>
    private double CurvatureFor(double along, double aside)
    {
        const double pole = 1 / LandingLength;
        var askew = Angles.Wrap(odometry.Heading - _heading - (_curvature * along));
        return _curvature - (pole * pole * aside) - (_direction * 2 * pole * askew);
    }

    private (double Along, double Aside) AlongLine()
    {
        var (sin, cos) = Math.SinCos(_heading);
        var (dx, dy) = (odometry.X - _x, odometry.Y - _y);
        return ((dx * cos) + (dy * sin), (dy * cos) - (dx * sin));
    }

    private (double Along, double Aside) AlongArc()
    {
        var (sin, cos) = Math.SinCos(_heading);
        var (dx, dy) = (odometry.X - _x + (sin / _curvature), odometry.Y - _y - (cos / _curvature)); // from the arc's middle
        var radial = Math.Atan2(dy, dx);
        _swept += Angles.Wrap(radial - _lastRadial);
        _lastRadial = radial;
        return (_swept / _curvature, (1 / _curvature) - (Math.Sign(_curvature) * Math.Sqrt((dx * dx) + (dy * dy))));
    }
}
