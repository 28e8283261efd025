using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Description;

namespace EdgeMas.Simulation.World;

/// <summary>
/// A yard with one rover in it. <see cref="Step"/> moves it on by a slice of virtual time; nothing is allocated after construction, and the same description
/// with the same setpoints gives the same run, bit for bit.
/// </summary>
/// <remarks>One thread steps; any thread reads <see cref="State"/>.</remarks>
public sealed class YardWorld
{
    /// <summary>Physics is integrated in slices of at most this.</summary>
    private const double SliceS = 0.002;

    private const double DockRadiusM = 0.4;

    /// <summary>Farther than this from everything, a touch is over; the next one counts anew.</summary>
    private const double TouchM = 0.02;

    private readonly RoverDescription _rover;
    private readonly Solids _solids;
    private readonly Chassis _chassis;
    private readonly RoverSensors _sensors;
    private readonly LatestValue<WorldState> _state;
    private double _seconds, _x, _y, _heading, _travelled, _speed, _sideSpeed, _turnRate, _battery;
    private WheelCommand _setpoint;
    private double _sinceSetpoint;
    private int _collisions;
    private bool _touching;
    private volatile bool _braking = true;

    /// <exception cref="WorldDescriptionException">The description cannot be used; the message names the value.</exception>
    public YardWorld(WorldDescription description)
    {
        WorldValidation.Check(description);
        Description = description;
        _rover = description.Rover;
        _solids = new Solids(description);
        _chassis = Chassis.Of(_rover, description.Seed);
        _sensors = new RoverSensors(_rover, description.Seed);
        _x = description.Start.At.X;
        _y = description.Start.At.Y;
        _heading = WrapAngle(description.Start.HeadingDeg * Math.PI / 180);
        _battery = _rover.BatteryStart;
        if (ClearanceAt(_x, _y, _heading) < _rover.BodyRadiusM)
            throw new WorldDescriptionException("start", $"at ({_x}, {_y}) the rover's body of radius {_rover.BodyRadiusM} m stands in something");
        _state = new LatestValue<WorldState>(Describe(RangeAhead()));
    }

    public WorldDescription Description { get; }

    public RoverFaults Faults { get; } = new();

    /// <summary>The newest truth.</summary>
    public WorldState State => _state.Read();

    public Pose2D TruePose => State.Pose;

    /// <summary>Called by the thread that runs the world; the slices are cut as needed.</summary>
    public void Step(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        var rest = time.TotalSeconds;
        _chassis.WanderSlip(rest);
        var slices = Math.Max(1, (int)Math.Ceiling((rest / SliceS) - 1e-9));
        var (x, y, heading) = (_x, _y, _heading);
        for (var i = 0; i < slices; i++)
            Move(rest / slices);
        var turned = WrapAngle(_heading - heading);
        _turnRate = turned / rest;
        var (sin, cos) = Math.SinCos(heading + (turned / 2));
        _speed = (((_x - x) * cos) + ((_y - y) * sin)) / rest;
        _sideSpeed = (((_y - y) * cos) - ((_x - x) * sin)) / rest;
        DrawPower(rest);
        _seconds += rest;
        var range = RangeAhead();
        _sensors.Sample(_chassis, _turnRate, range, _battery, Faults);
        _state.Write(Describe(range));
    }

    internal bool TrySense(long timestamp, out WheeledSensors sensors)
    {
        sensors = _sensors.Latest with { Timestamp = timestamp };
        return !Faults.BodySilent;
    }

    internal bool TrySetWheels(in WheelCommand command)
    {
        if (Faults.BodySilent || !command.IsFinite)
            return false;
        var speeds = command.Speeds;
        _setpoint = command with { Speeds = new WheelSet(Reach(speeds.FrontLeft), Reach(speeds.FrontRight), Reach(speeds.BackLeft), Reach(speeds.BackRight)) };
        _sinceSetpoint = 0;
        _braking = false;
        return true;
    }

    /// <summary>Any thread.</summary>
    internal void Brake() => _braking = true;

    private double Reach(double speed) => Math.Clamp(speed, -_rover.MaxWheelSpeedRadPerS, _rover.MaxWheelSpeedRadPerS);

    /// <returns>Metres from the middle of the body to the nearest solid.</returns>
    private double ClearanceAt(double x, double y, double heading)
    {
        if (_chassis.MiddleAhead == 0)
            return _solids.Clearance(x, y);
        var (sin, cos) = Math.SinCos(heading);
        return _solids.Clearance(x + (_chassis.MiddleAhead * cos), y + (_chassis.MiddleAhead * sin));
    }

    private void Move(double seconds)
    {
        _sinceSetpoint += seconds;
        var braking = _braking || _sinceSetpoint > _rover.CommandTimeoutS || _battery <= 0;
        var motion = _chassis.Step(_setpoint, braking, Faults, seconds);

        var (forward, aside, turned) = (motion.Ahead * seconds, motion.Left * seconds, motion.Turn * seconds);
        var (sin, cos) = Math.SinCos(_heading + (turned / 2));
        var (x, y) = (_x + (forward * cos), _y + (forward * sin));
        if (aside != 0)
            (x, y) = (x - (aside * sin), y + (aside * cos));
        var before = _heading;
        _heading = WrapAngle(_heading + turned);
        var clearance = ClearanceAt(x, y, _heading);
        if (clearance < _rover.BodyRadiusM && clearance < ClearanceAt(_x, _y, before)) // what leads out of a touch is let through
        {
            if (!_touching)
                _collisions++;
            _touching = true;
            _chassis.Stall();
            if (_chassis.MiddleAhead != 0)
                _heading = before; // what steers does not turn where it stands
            return;
        }
        if (clearance > _rover.BodyRadiusM + TouchM)
            _touching = false;
        (_x, _y) = (x, y);
        _travelled += aside == 0 ? Math.Abs(forward) : Math.Sqrt((forward * forward) + (aside * aside));
    }

    private void DrawPower(double seconds)
    {
        var power = _rover.IdlePowerW + (_rover.DrivePowerWPerMps * _chassis.RimSpeed);
        if (_chassis.RimSpeed == 0 && new PointM(_x, _y).DistanceTo(Description.Dock.At) < DockRadiusM)
            power -= _rover.ChargePowerW;
        _battery = Math.Clamp(_battery - (power * seconds / 3600 / _rover.BatteryCapacityWh), 0, 1);
    }

    /// <summary>The least of five parallel beams over the front's width: what the body would run into.</summary>
    private double RangeAhead()
    {
        var (sin, cos) = Math.SinCos(_heading);
        var nearest = double.PositiveInfinity;
        for (var beam = -2; beam <= 2; beam++)
        {
            var side = beam * _rover.BodyRadiusM / 2;
            nearest = Math.Min(nearest, _solids.Cast(_x - (side * sin), _y + (side * cos), cos, sin));
        }
        var range = Math.Max(0, nearest - _rover.BodyRadiusM - _chassis.MiddleAhead);
        return range <= _rover.RangeReachM ? range : double.PositiveInfinity;
    }

    private WorldState Describe(double range)
    {
        var wheels = _chassis.Speeds;
        var (left, right) = _rover.Drive == DriveKind.Ackermann ? (wheels.BackLeft, wheels.BackRight) : (wheels.FrontLeft, wheels.FrontRight);
        return new WorldState(
            _seconds, new Pose2D(_x, _y, _heading), _speed, _turnRate, left, right, _travelled, range, _battery, _collisions, _touching, _sideSpeed, wheels, _chassis.Steering);
    }

    private static double WrapAngle(double angle)
    {
        while (angle > Math.PI)
            angle -= 2 * Math.PI;
        while (angle <= -Math.PI)
            angle += 2 * Math.PI;
        return angle;
    }
}
