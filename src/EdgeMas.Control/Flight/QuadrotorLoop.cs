using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Native;
using EdgeMas.Control.Sharing;
using EdgeMas.Control.Stopping;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Flight;

/// <summary>
/// Flies a quadrotor at a fixed rate of some hundred ticks a second. Its safe state is to hold where it is, wait for its owner (<see cref="FlightOptions.SafeHover"/>), then land; a low battery, a body that must land (<see cref="QuadrotorSensors.MustLand"/>) or an emergency stop lands at once.
/// </summary>
/// <remarks>A body that gives no reading for longer than <see cref="VehicleLimits.BodyPatience"/> is cut: without its attitude nothing can be flown.</remarks>
public sealed class QuadrotorLoop : VehicleLoop<FlightGoal, FlightState>
{
    /// <summary>Per second: how a point is approached.</summary>
    private const double PositionGain = 1;

    /// <summary>Slower than this counts as standing, metres a second.</summary>
    private const double Standing = 0.2;

    private const double TouchSpeed = 0.1;
    private const double TouchSeconds = 0.8;

    /// <summary>Radians; nothing takes off from a slope steeper than this.</summary>
    private const double SteepestStart = 0.3;

    /// <summary>Ticks that may throw one after the other before the rotors are cut.</summary>
    private const int MostThrows = 5;

    private readonly IQuadrotor _body;
    private readonly FlightLimits _limits;
    private readonly FlightOptions _options;
    private readonly FlightEnvelope _envelope;
    private readonly FlightController _controller;
    private QuadrotorSensors _sensors;
    private volatile FlightMode _mode;
    private FlightGoal _goal;
    private Vector3D _target;
    private double _yaw, _speed, _waited, _touching, _blocked;
    private int _throws;

    /// <exception cref="ControlOptionsException">An option cannot be used; the message names it.</exception>
    public QuadrotorLoop(IQuadrotor body, FlightLimits limits, FlightOptions options, TimeProvider time)
        : this(body, limits, options, time, memory: null)
    {
    }

    /// <param name="memory">Through which hosts of other processes reach it; null in the process of its only host.</param>
    /// <param name="goesOn">A loop that died a moment ago has left its newest state in that memory: where it flew, this one holds, waits for an owner, and lands.</param>
    internal QuadrotorLoop(IQuadrotor body, FlightLimits limits, FlightOptions options, TimeProvider time, SharedMemory<CoreLayout>? memory, bool goesOn = false)
        : base(limits.Vehicle, time, halt: null, memory)
    {
        limits.Check();
        options.Check(limits);
        var geometry = body.Geometry;
        ControlOptionsException.ThrowUnlessAbove(geometry.Mass, 0, $"{nameof(QuadrotorGeometry)}.{nameof(geometry.Mass)}");
        ControlOptionsException.ThrowUnlessAbove(geometry.ArmLength, 0, $"{nameof(QuadrotorGeometry)}.{nameof(geometry.ArmLength)}");
        ControlOptionsException.ThrowUnlessAbove(geometry.ThrustFactor, 0, $"{nameof(QuadrotorGeometry)}.{nameof(geometry.ThrustFactor)}");
        ControlOptionsException.ThrowUnlessAbove(geometry.TorqueFactor, 0, $"{nameof(QuadrotorGeometry)}.{nameof(geometry.TorqueFactor)}");
        ControlOptionsException.ThrowUnlessAbove(geometry.MaxRotorSpeed, 0, $"{nameof(QuadrotorGeometry)}.{nameof(geometry.MaxRotorSpeed)}");
        (_body, _limits, _options) = (body, limits, options);
        _envelope = new FlightEnvelope(limits);
        _controller = new FlightController(geometry, limits);
        _sensors = new QuadrotorSensors(0, default, default, Attitude.Level, default, double.NaN);
        if (!goesOn || !memory!.Value.State.Snapshot.Of<VehicleSnapshot<FlightState>>().TryRead(out var left, out _) || !TryGoOn(left.Body))
            body.Cut();
        Publish();
    }

    /// <summary>The tilt that the controller asked for last, radians.</summary>
    internal double AskedTilt => _mode == FlightMode.Off ? 0 : _controller.Tilt;

    /// <summary>The velocity that the envelope let through last.</summary>
    internal Vector3D AskedVelocity => _mode == FlightMode.Off ? default : _envelope.Velocity;

    /// <summary>The rotors are off. Any thread.</summary>
    internal bool IsAtRest => _mode == FlightMode.Off;

    private protected override bool NeedsOwner => _mode != FlightMode.Off;

    private protected override bool TrySense(out long timestamp)
    {
        var answers = _body.TryRead(out var read);
        timestamp = read.Timestamp;
        if (!answers || !read.Position.IsFinite || !read.Velocity.IsFinite || !read.Attitude.IsFinite || !read.AngularRate.IsFinite)
            return false;
        _sensors = read;
        return true;
    }

    private protected override MotionCause RefusalOf(in FlightGoal goal)
    {
        if (!goal.IsValid)
            return MotionCause.Goal;
        var isOff = _mode == FlightMode.Off;
        if (goal.Kind == FlightGoalKind.FlyTo && isOff)
            return MotionCause.Goal; // it has to take off first
        if (goal.Kind is FlightGoalKind.Land or FlightGoalKind.Hover)
            return MotionCause.None;
        if (_sensors.MustLand)
            return MotionCause.Body;
        if (_sensors.Battery < _limits.BatteryFloor)
            return MotionCause.Battery;
        if (isOff && (_sensors.Attitude.Tilt > SteepestStart || _sensors.Velocity.Length > Standing))
            return MotionCause.Body;
        return _envelope.RefusalOf(goal, _sensors.Position);
    }

    private protected override void Begin(in FlightGoal goal)
    {
        _goal = goal;
        _blocked = 0;
        var wasOff = _mode == FlightMode.Off;
        if (wasOff && goal.Kind != FlightGoalKind.TakeOff)
            return;
        if (wasOff)
        {
            _envelope.Rest(default);
            _controller.Begin(_sensors.Attitude.Yaw);
            _yaw = _sensors.Attitude.Yaw;
        }
        _speed = double.IsNaN(goal.Speed) ? _options.CruiseSpeed : goal.Speed;
        switch (goal.Kind)
        {
            case FlightGoalKind.TakeOff:
                HoldAt(_sensors.Position with { Z = goal.Target.Z }, FlightMode.Flying);
                break;
            case FlightGoalKind.FlyTo:
                HoldAt(goal.Target, FlightMode.Flying);
                _yaw = double.IsNaN(goal.Yaw) ? _yaw : goal.Yaw;
                break;
            case FlightGoalKind.Land:
                HoldAt(StoppingPoint(), FlightMode.Landing);
                break;
            default:
                HoldAt(StoppingPoint(), FlightMode.Flying);
                break;
        }
    }

    private protected override MotionCause BodyForbids(in FlightGoal goal)
    {
        if (_mode == FlightMode.Off)
            return MotionCause.None;
        return _sensors.MustLand ? MotionCause.Body : _sensors.Battery < _limits.BatteryFloor ? MotionCause.Battery : MotionCause.None;
    }

    private protected override void Move(double seconds, MotionCause forbidden)
    {
        _throws = 0;
        Limited = MotionCause.None;
        if (forbidden != MotionCause.None)
            GoSafe(forbidden, seconds);
        if (_mode == FlightMode.Off)
        {
            _body.Cut();
            if (_goal.Kind is FlightGoalKind.Land or FlightGoalKind.Hover)
                End(MotionState.Done, MotionCause.None);
            return;
        }
        _envelope.Apply(Wanted(), _sensors.Position, _sensors.Velocity, IsNearGround(), seconds);
        Limited = forbidden != MotionCause.None ? forbidden : _envelope.Limited;
        if (HasTouchedDown(seconds))
        {
            SwitchOff();
            return;
        }
        _body.TrySpin(_controller.Step(_sensors, _envelope.Velocity, _envelope.Acceleration, _yaw, seconds));
        Judge(seconds);
    }

    private protected override void MoveBlind(double silentSeconds, bool isPatienceOver)
    {
        if (isPatienceOver || _mode == FlightMode.Off)
            SwitchOff();
    }

    private protected override void GiveUp()
    {
        if (++_throws >= MostThrows || _mode == FlightMode.Off)
            SwitchOff();
    }

    private protected override void Stay()
    {
        if (_mode == FlightMode.Flying)
            HoldAt(StoppingPoint(), FlightMode.Flying);
    }

    private protected override FlightState Describe() => new(
        _mode, _sensors.Position, _sensors.Velocity, _sensors.Attitude.Yaw, _sensors.Attitude.Tilt, _target, _mode == FlightMode.Off ? 0 : Remaining, _sensors.Battery);

    private double Remaining => _mode == FlightMode.Landing ? Math.Max(0, _sensors.Position.Z) : (_target - _sensors.Position).Length;

    private void GoSafe(MotionCause forbidden, double seconds)
    {
        if (_mode == FlightMode.Off)
            return;
        if (forbidden == MotionCause.EStop && _options.EStop == FlightStop.Cut && Stop.Reason is EStopReason.Operator or EStopReason.Line)
        {
            SwitchOff();
            return;
        }
        var lands = forbidden is MotionCause.EStop or MotionCause.Battery or MotionCause.Fault or MotionCause.Body;
        if (_mode == FlightMode.Flying)
        {
            _waited = 0;
            HoldAt(StoppingPoint(), lands ? FlightMode.Landing : FlightMode.Waiting);
        }
        if (_mode != FlightMode.Waiting)
            return;
        _waited += seconds;
        if (lands || _waited >= _options.SafeHover.TotalSeconds)
            HoldAt(_target, FlightMode.Landing);
    }

    /// <returns>False where it did not fly.</returns>
    private bool TryGoOn(in FlightState left)
    {
        if (left.Mode == FlightMode.Off || !left.Position.IsFinite || !left.Velocity.IsFinite || !double.IsFinite(left.Yaw))
            return false;
        _sensors = new QuadrotorSensors(0, left.Position, left.Velocity, Attitude.FromYaw(left.Yaw), default, left.Battery); // until the body answers, nothing is spun
        _envelope.Rest(left.Velocity);
        _controller.Begin(left.Yaw);
        _yaw = left.Yaw;
        HoldAt(StoppingPoint(), FlightMode.Waiting);
        return true;
    }

    private void HoldAt(in Vector3D target, FlightMode mode) => (_target, _mode, _touching) = (target, mode, 0);

    /// <summary>Where it comes to rest when it begins to slow down now.</summary>
    private Vector3D StoppingPoint() => _sensors.Position + (_envelope.Velocity * (_envelope.Velocity.Length / (2 * _limits.MaxAcceleration)));

    private Vector3D Wanted()
    {
        var way = _target - _sensors.Position;
        if (_mode == FlightMode.Landing)
        {
            var down = Math.Max(_options.LandingSpeed, 0.6 * _sensors.Position.Z);
            return new Vector3D(PositionGain * way.X, PositionGain * way.Y, -Math.Min(down, _limits.MaxDescent));
        }
        var distance = way.Length;
        if (distance < 1e-9)
            return default;
        var speed = Math.Min(_speed, SpeedProfile.SpeedFor(distance, _limits.MaxAcceleration / 2, PositionGain));
        var velocity = way * (speed / distance);
        var vertical = velocity.Z > 0 ? _limits.MaxClimb : _limits.MaxDescent;
        return Math.Abs(velocity.Z) > vertical ? velocity * (vertical / Math.Abs(velocity.Z)) : velocity; // straight, though slower
    }

    /// <summary>On its way up from the ground the floor must not push, and on its way down not hold.</summary>
    private bool IsNearGround() => _mode is FlightMode.Landing or FlightMode.Waiting || (_goal.Kind == FlightGoalKind.TakeOff && IsRunning);

    private bool HasTouchedDown(double seconds)
    {
        var rests = _mode == FlightMode.Landing && _envelope.Velocity.Z < -_options.LandingSpeed / 2 && Math.Abs(_sensors.Velocity.Z) < TouchSpeed;
        _touching = rests ? _touching + seconds : 0;
        return _touching > TouchSeconds;
    }

    private void SwitchOff()
    {
        _body.Cut();
        _mode = FlightMode.Off;
        if (_goal.Kind == FlightGoalKind.Land)
            End(MotionState.Done, MotionCause.None);
        else
            End(MotionState.Blocked, MotionCause.Body);
    }

    private void Judge(double seconds)
    {
        if (!IsRunning || _mode != FlightMode.Flying)
            return;
        var stands = _sensors.Velocity.Length < Standing;
        if (stands && (_goal.Kind == FlightGoalKind.Hover || Remaining < _options.PositionTolerance))
        {
            End(MotionState.Done, MotionCause.None);
            return;
        }
        _blocked = stands && _envelope.Limited == MotionCause.Geofence ? _blocked + seconds : 0;
        if (_blocked <= _options.BlockedPatience.TotalSeconds)
            return;
        HoldAt(StoppingPoint(), FlightMode.Flying);
        End(MotionState.Blocked, MotionCause.Geofence);
    }
}
