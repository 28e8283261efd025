using EdgeMas.Control.Drives;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Odometry;

namespace EdgeMas.Control.Goals;

/// <summary>Works on one goal: from where the base is to how fast it should go and turn. The envelope comes after it.</summary>
/// <param name="goesSideways">The base has mecanum wheels: it holds its line by going sideways, and its heading whichever way it goes.</param>
/// <remarks>The control loop's thread only; allocates nothing.</remarks>
internal sealed class GoalController(ControlOptions options, WheelOdometry odometry, bool goesSideways = false) : IGoalController
{
    /// <summary>Per second: how the last centimetres are approached.</summary>
    private const double PositionGain = 2.5;
    private const double HeadingGain = 4;

    /// <summary>Least speeds while there is still way to go, so that a landing ends.</summary>
    private const double CreepSpeed = 0.015;
    private const double CreepTurnRate = 0.03;

    /// <summary>Per second, of the heading's hold on a straight way.</summary>
    private const double HoldGain = 2.5;

    /// <summary>Radians of aim for each metre beside the line, and at most.</summary>
    private const double LineGain = 0.8;
    private const double MostAim = 0.35;

    /// <summary>Per second, of a sideways hold on a straight way, and at most metres a second.</summary>
    private const double SideGain = 1.5;
    private const double MostSide = 0.15;

    /// <summary>The wheels' lag behind their setpoint, in seconds.</summary>
    private const double Lag = 0.07;

    private MotionGoal _goal;
    private Phase _phase;
    private double _lineX, _lineY, _lineHeading, _lineLength, _direction;
    private double _targetHeading, _heldHeading;
    private double _speed, _side, _turnRate;
    private bool _arrived;

    private enum Phase
    {
        Rest,
        TurnToWay,
        Way,
        TurnToEnd,
    }

    public MotionCommand Command => new(_speed, _side, _turnRate, 0);

    public double Remaining { get; private set; }

    public bool IsDone { get; private set; }

    public void Begin(in MotionGoal goal)
    {
        _goal = goal;
        IsDone = false;
        switch (goal.Kind)
        {
            case GoalKind.Drive:
                BeginWay(odometry.Heading, Math.Abs(goal.Distance), Math.Sign(goal.Distance));
                break;
            case GoalKind.Strafe:
                BeginWay(odometry.Heading + (Math.PI / 2), Math.Abs(goal.Distance), Math.Sign(goal.Distance));
                break;
            case GoalKind.Turn:
                BeginTurn(Phase.TurnToEnd, odometry.Heading + goal.Angle);
                break;
            case GoalKind.GoTo:
                var (dx, dy) = (goal.X - odometry.X, goal.Y - odometry.Y);
                Remaining = Math.Sqrt((dx * dx) + (dy * dy));
                if (Remaining > options.PositionTolerance * 5)
                    BeginTurn(Phase.TurnToWay, odometry.Heading + Angles.Wrap(Math.Atan2(dy, dx) - odometry.Heading));
                else
                    BeginLastTurn();
                break;
            default:
                Rest();
                break;
        }
    }

    public void Rest()
    {
        _phase = Phase.Rest;
        Remaining = 0;
    }

    public void Update()
    {
        (_speed, _side, _turnRate) = (0, 0, 0);
        switch (_phase)
        {
            case Phase.TurnToWay:
                Turn();
                if (_arrived && odometry.IsStanding)
                    BeginWayToPoint();
                break;
            case Phase.Way:
                FollowWay();
                if (_arrived && odometry.IsStanding)
                    BeginLastTurn();
                break;
            case Phase.TurnToEnd:
                Turn();
                IsDone = _arrived && odometry.IsStanding;
                break;
            default:
                IsDone = odometry.IsStanding;
                break;
        }
        Remaining = _phase switch
        {
            Phase.TurnToEnd when _goal.Kind == GoalKind.Turn => Math.Abs(_targetHeading - odometry.Heading),
            Phase.TurnToWay => Remaining,
            Phase.Way => Math.Max(0, _lineLength - Along()),
            _ => 0,
        };
    }

    private void BeginTurn(Phase phase, double heading)
    {
        _phase = phase;
        _targetHeading = heading;
        _arrived = false;
    }

    private void BeginWay(double heading, double length, int direction)
    {
        _phase = Phase.Way;
        (_lineX, _lineY, _lineHeading, _lineLength, _direction) = (odometry.X, odometry.Y, heading, length, direction);
        _heldHeading = _goal.Kind == GoalKind.Strafe ? odometry.Heading : heading;
        _arrived = false;
    }

    private void BeginWayToPoint()
    {
        var (dx, dy) = (_goal.X - odometry.X, _goal.Y - odometry.Y);
        BeginWay(odometry.Heading + Angles.Wrap(Math.Atan2(dy, dx) - odometry.Heading), Math.Sqrt((dx * dx) + (dy * dy)), 1);
    }

    private void BeginLastTurn()
    {
        if (_goal.Kind == GoalKind.GoTo && !double.IsNaN(_goal.Heading))
            BeginTurn(Phase.TurnToEnd, odometry.Heading + Angles.Wrap(_goal.Heading - odometry.Heading));
        else
            Rest();
    }

    private void Turn()
    {
        var rest = _targetHeading - odometry.Heading;
        var size = Math.Abs(rest);
        if (size <= options.HeadingTolerance)
            _arrived = true;
        if (_arrived)
            return;
        var way = size - (Lag * Math.Abs(odometry.TurnRate));
        _turnRate = Math.Sign(rest) * Math.Min(options.CruiseTurnRate, Math.Max(CreepTurnRate, SpeedProfile.SpeedFor(way, options.TurnDeceleration, HeadingGain)));
    }

    private void FollowWay()
    {
        var rest = _lineLength - Along();
        if (rest <= options.PositionTolerance)
            _arrived = true;
        if (_arrived)
            return;
        var cruise = double.IsNaN(_goal.Speed) ? options.CruiseSpeed : _goal.Speed;
        var speed = Math.Min(cruise, Math.Max(CreepSpeed, SpeedProfile.SpeedFor(rest - (Lag * Math.Abs(_goal.Kind == GoalKind.Strafe ? odometry.SideSpeed : odometry.Speed)), options.Deceleration, PositionGain)));
        if (goesSideways)
        {
            HoldWay(_direction * speed);
            return;
        }
        _speed = _direction * speed;

        var fade = Math.Min(1, speed / 0.3); // near the end, the heading matters more than the line
        var aim = _lineHeading - (_direction * fade * Math.Clamp(LineGain * Aside(), -MostAim, MostAim));
        _turnRate = HoldGain * Angles.Wrap(aim - odometry.Heading);
    }

    /// <param name="speed">Metres a second along the line.</param>
    private void HoldWay(double speed)
    {
        var back = -Math.Clamp(SideGain * Aside(), -MostSide, MostSide); // to the line's left
        var (sin, cos) = Math.SinCos(_lineHeading - odometry.Heading);
        _speed = (speed * cos) - (back * sin);
        _side = (speed * sin) + (back * cos);
        _turnRate = HoldGain * Angles.Wrap(_heldHeading - odometry.Heading);
    }

    /// <returns>Metres done of the way.</returns>
    private double Along()
    {
        var (sin, cos) = Math.SinCos(_lineHeading);
        return _direction * (((odometry.X - _lineX) * cos) + ((odometry.Y - _lineY) * sin));
    }

    /// <returns>Metres to the left of the line.</returns>
    private double Aside()
    {
        var (sin, cos) = Math.SinCos(_lineHeading);
        return ((odometry.Y - _lineY) * cos) - ((odometry.X - _lineX) * sin);
    }
}
