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
    private readonly Wheel _left;
    private readonly Wheel _right;
    private readonly RoverSensors _sensors;
    private readonly LatestValue<WorldState> _state;
    private double _seconds, _x, _y, _heading, _travelled, _speed, _turnRate, _battery;
    private double _leftSetpoint, _rightSetpoint, _sinceSetpoint;
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
        _left = new Wheel(_rover, new Noise(description.Seed, stream: 1));
        _right = new Wheel(_rover, new Noise(description.Seed, stream: 2));
        _sensors = new RoverSensors(_rover, description.Seed);
        _x = description.Start.At.X;
        _y = description.Start.At.Y;
        _heading = WrapAngle(description.Start.HeadingDeg * Math.PI / 180);
        _battery = _rover.BatteryStart;
        if (_solids.Clearance(_x, _y) < _rover.BodyRadiusM)
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
        _left.WanderSlip(rest);
        _right.WanderSlip(rest);
        var slices = Math.Max(1, (int)Math.Ceiling((rest / SliceS) - 1e-9));
        var (x, y, heading) = (_x, _y, _heading);
        for (var i = 0; i < slices; i++)
            Move(rest / slices);
        var turned = WrapAngle(_heading - heading);
        _turnRate = turned / rest;
        var (sin, cos) = Math.SinCos(heading + (turned / 2));
        _speed = (((_x - x) * cos) + ((_y - y) * sin)) / rest;
        DrawPower(rest);
        _seconds += rest;
        var range = RangeAhead();
        _sensors.Sample(_left.Angle, _right.Angle, _turnRate, range, _battery, Faults);
        _state.Write(Describe(range));
    }

    internal bool TrySense(long timestamp, out DriveSensors sensors)
    {
        sensors = _sensors.Latest with { Timestamp = timestamp };
        return !Faults.BodySilent;
    }

    internal bool TrySetWheels(double left, double right)
    {
        if (Faults.BodySilent || !double.IsFinite(left) || !double.IsFinite(right))
            return false;
        _leftSetpoint = Math.Clamp(left, -_rover.MaxWheelSpeedRadPerS, _rover.MaxWheelSpeedRadPerS);
        _rightSetpoint = Math.Clamp(right, -_rover.MaxWheelSpeedRadPerS, _rover.MaxWheelSpeedRadPerS);
        _sinceSetpoint = 0;
        _braking = false;
        return true;
    }

    /// <summary>Any thread.</summary>
    internal void Brake() => _braking = true;

    private void Move(double seconds)
    {
        _sinceSetpoint += seconds;
        var braking = _braking || _sinceSetpoint > _rover.CommandTimeoutS || _battery <= 0;
        _left.Step(_leftSetpoint, braking, Faults.LeftWheelStuck, seconds);
        _right.Step(_rightSetpoint, braking, Faults.RightWheelStuck, seconds);

        var forward = (_left.GroundSpeed + _right.GroundSpeed) / 2 * seconds;
        var turned = (_right.GroundSpeed - _left.GroundSpeed) / _rover.TrackWidthM * seconds;
        var (sin, cos) = Math.SinCos(_heading + (turned / 2));
        var (x, y) = (_x + (forward * cos), _y + (forward * sin));
        _heading = WrapAngle(_heading + turned);
        var clearance = _solids.Clearance(x, y);
        if (clearance < _rover.BodyRadiusM && clearance < _solids.Clearance(_x, _y)) // what leads out of a touch is let through
        {
            if (!_touching)
                _collisions++;
            _touching = true;
            _left.Stall();
            _right.Stall();
            return;
        }
        if (clearance > _rover.BodyRadiusM + TouchM)
            _touching = false;
        (_x, _y) = (x, y);
        _travelled += Math.Abs(forward);
    }

    private void DrawPower(double seconds)
    {
        var power = _rover.IdlePowerW + (_rover.DrivePowerWPerMps * (Math.Abs(_left.Speed) + Math.Abs(_right.Speed)) / 2 * _rover.WheelRadiusM);
        if (_left.Speed == 0 && _right.Speed == 0 && new PointM(_x, _y).DistanceTo(Description.Dock.At) < DockRadiusM)
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
        var range = Math.Max(0, nearest - _rover.BodyRadiusM);
        return range <= _rover.RangeReachM ? range : double.PositiveInfinity;
    }

    private WorldState Describe(double range) => new(
        _seconds, new Pose2D(_x, _y, _heading), _speed, _turnRate, _left.Speed, _right.Speed, _travelled, range, _battery, _collisions, _touching);

    private static double WrapAngle(double angle)
    {
        while (angle > Math.PI)
            angle -= 2 * Math.PI;
        while (angle <= -Math.PI)
            angle += 2 * Math.PI;
        return angle;
    }
}
