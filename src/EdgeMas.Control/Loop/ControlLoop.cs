using EdgeMas.Control.Desk;
using EdgeMas.Control.Drives;
using EdgeMas.Control.Envelope;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Native;
using EdgeMas.Control.Odometry;
using EdgeMas.Control.Sharing;
using EdgeMas.Control.Stopping;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Loop;

/// <summary>
/// Drives a base at a fixed rate: reads its sensors, keeps its pose, works on the newest goal, passes the command through the envelope and hands it to the wheels.
/// Nothing is allocated while it runs. It is the same for every kind of wheels: what differs is a <see cref="DriveTrain"/> and, for a base that steers, how goals are worked on.
/// </summary>
/// <remarks>
/// <see cref="Tick"/> belongs to one thread. The loop waits for nobody: goals come and what it knows goes out through memory, which <see cref="Desk"/> or a desk of
/// another process writes and reads.
/// </remarks>
public sealed class ControlLoop
{
    /// <summary>A planned arc begins this near to where the base stands, in metres and radians, or is another base's.</summary>
    private const double Near = 0.5;

    private readonly IWheeledBody _body;
    private readonly DriveTrain _train;
    private readonly EnvelopeOptions _limits;
    private readonly ControlOptions _options;
    private readonly TimeProvider _time;
    private readonly MotionEnvelope _envelope;
    private readonly WheelOdometry _odometry;
    private readonly IGoalController _controller;
    private readonly SensorReader _reader;
    private readonly SharedMemory<CoreLayout> _memory;
    private readonly HostWatch _host;
    private readonly EmergencyStop _stop;
    private readonly WheelWatch[] _wheelWatches = new WheelWatch[4];
    private readonly bool _steers;
    private SteeringWatch _steeringWatch;
    private StallWatch _stallWatch;
    private bool _isFaulted;
    private GoalEntry<MotionGoal> _entry;
    private MotionState _state;
    private MotionCause _cause;
    private WheelCommand _command;
    private double _steered = double.NaN;
    private double _startWay, _startHeading, _fenceAhead = double.PositiveInfinity;
    private double _silentSeconds, _range = double.NaN, _battery = double.NaN;
    private long _tick, _lastTick, _stopsSeen, _refused;
    private int _calibration;

    /// <summary>A loop in the process of its only host.</summary>
    /// <exception cref="ControlOptionsException">An option cannot be used; the message names it.</exception>
    public ControlLoop(IWheeledBody body, EnvelopeOptions limits, ControlOptions options, TimeProvider time)
        : this(body, limits, options, time, SharedMemory<CoreLayout>.Private()) => Desk = new MotionDesk(new DeskPlace(_memory, 0, null), limits, time, body.Brake);

    /// <inheritdoc cref="ControlLoop(IWheeledBody, EnvelopeOptions, ControlOptions, TimeProvider)"/>
    public ControlLoop(IDifferentialDrive drive, EnvelopeOptions limits, ControlOptions options, TimeProvider time)
        : this(new DifferentialBody(drive), limits, options, time)
    {
    }

    /// <summary>A loop whose hosts reach it through shared memory only.</summary>
    internal ControlLoop(IWheeledBody body, EnvelopeOptions limits, ControlOptions options, TimeProvider time, SharedMemory<CoreLayout> memory)
    {
        limits.Check();
        options.Check(limits);
        _body = body;
        _limits = limits;
        _options = options;
        _time = time;
        _train = DriveTrain.Of(body.Geometry, limits);
        _odometry = new WheelOdometry(_train, options.Estimator, options.StartPose);
        var steering = (_train as AckermannTrain)?.Steering;
        _steers = steering is not null;
        _steeringWatch = new SteeringWatch(limits.MotorPatience);
        _envelope = new MotionEnvelope(limits, steering);
        _controller = steering is null ? new GoalController(options, _odometry, _train.Geometry.Kind == DriveKind.Mecanum) : new ArcController(options, _odometry, steering);
        _reader = new SensorReader(body, time, limits.ReadingPatience);
        _stallWatch = new StallWatch(options.BlockedPatience);
        _memory = memory;
        _host = new HostWatch(memory, limits.LeaseDuration, limits.HostPatience, time);
        _stop = new EmergencyStop(memory, body.Brake);
        _lastTick = time.GetTimestamp();
        Publish();
    }

    /// <summary>Where this process moves the base from; null where only other processes do.</summary>
    public MotionDesk Desk { get; } = null!;

    internal SharedMemory<CoreLayout> Memory => _memory;

    /// <summary>The stop as the loop itself engages it.</summary>
    internal EmergencyStop Stop => _stop;

    /// <summary>One period of control. Never throws: what goes wrong latches <see cref="CoreDesk.Fault"/> and brakes.</summary>
    public void Tick()
    {
        try
        {
            _tick++;
            TickOnce();
        }
        catch (Exception error)
        {
            _isFaulted = true;
            _memory.Value.State.Fault.Write(new CoreState.FaultText(error.Message));
            _body.Brake();
            Rest(MotionState.Faulted, MotionCause.Fault);
        }
        Publish();
    }

    private void TickOnce()
    {
        var now = _time.GetTimestamp();
        var sinceTick = _time.GetElapsedTime(_lastTick, now).TotalSeconds;
        _lastTick = now;
        LookAtHost(now);
        var reading = _reader.Read(now, out var sensors, out var seconds);
        if (reading == Reading.None)
        {
            OnSilence(sinceTick, now);
            return;
        }
        if (reading == Reading.New)
        {
            _odometry.Update(sensors, seconds, atRest: _command.Speeds.Fastest == 0);
            (_range, _battery) = (sensors.RangeAhead, sensors.Battery);
            if (double.IsNaN(_steered))
                FindSteering();
        }
        ApplyCorrection();
        TakeGoal(now);
        if (MustStandStill())
            return;

        var motors = _envelope.Guard(sensors.MotorCurrent, sensors.MotorTemperature, sinceTick);
        var steering = _steers ? _steeringWatch.Observe(_steered, sensors.Steering, sensors.YawRate, sinceTick) : MotionCause.None;
        var forbidden = Forbidden(now, motors == MotionCause.None ? steering : motors);
        var wish = new MotionCommand(0, 0, 0, _envelope.Steering); // at rest the front wheels stay as they are
        if (_state == MotionState.Running && IsCalibrated())
        {
            _controller.Update();
            wish = _controller.Command;
        }
        var range = reading == Reading.New ? sensors.RangeAhead : double.NaN;
        _envelope.Apply(wish, new EnvelopeInput(sinceTick, _odometry.Pose, range, forbidden));
        Judge(forbidden, wants: wish.Speed != 0 || wish.Side != 0, sinceTick, seconds);
        Drive(sinceTick, now);
    }

    private void LookAtHost(long now)
    {
        if (_host.Refresh(now))
            End(MotionState.Blocked, MotionCause.Lease); // whoever gave the goal is gone
        if (!_host.TakeFaultCleared() || !_isFaulted)
            return;
        _isFaulted = false;
        _memory.Value.State.Fault.Write(default);
    }

    private void OnSilence(double seconds, long now)
    {
        _silentSeconds += seconds;
        if (_tick == 1)
            return;
        _body.Brake();
        _envelope.Rest(MotionCause.Body);
        _command = default;
        TakeGoal(now);
        if (MustStandStill())
            return;
        if (_silentSeconds > _limits.BodyPatience.TotalSeconds && _state == MotionState.Running)
            End(MotionState.Faulted, MotionCause.Body);
    }

    private void ApplyCorrection()
    {
        var relative = _state == MotionState.Running && _entry.Goal.Kind is GoalKind.Drive or GoalKind.Turn or GoalKind.Strafe or GoalKind.Arc;
        if (relative || !_host.TryTakeCorrection(out var correction))
            return;
        var heading = _odometry.Heading;
        _odometry.Correct(correction.Pose, correction.Weight);
        _startHeading += _odometry.Heading - heading;
        if (_state == MotionState.Running)
            _controller.Begin(_entry.Goal); // towards a place: the way is made anew from here
    }

    private void TakeGoal(long now)
    {
        if (!_host.TryTakeGoal<MotionGoal>(out var entry))
            return;
        if (_state != MotionState.Running)
            FindSteering();
        _entry = entry;
        _state = MotionState.Running;
        _cause = MotionCause.None;
        _stallWatch.Begin(Way);
        _startWay = Way;
        _startHeading = _odometry.Heading;
        _fenceAhead = double.PositiveInfinity;
        var refusal = RefusalOf(entry, now);
        if (refusal == MotionCause.None)
        {
            _controller.Begin(entry.Goal);
            return;
        }
        _controller.Rest();
        _refused++;
        End(MotionState.Refused, refusal);
    }

    private MotionCause RefusalOf(in GoalEntry<MotionGoal> entry, long now)
    {
        if (!_host.IsLeaseValid(entry.Fence, now))
            return MotionCause.Lease;
        if (!entry.Goal.IsValid || !IsNear(entry.Goal))
            return MotionCause.Goal;
        if (!_train.Can(entry.Goal))
            return MotionCause.Drive;
        if (entry.Goal.Kind != GoalKind.Stop && IsBatteryLow())
            return MotionCause.Battery;
        return _envelope.AllowsGoal(entry.Goal, _odometry.Pose, out _fenceAhead) ? MotionCause.None : MotionCause.Geofence;
    }

    private bool IsNear(in MotionGoal goal) => goal.Kind != GoalKind.Arc || double.IsNaN(goal.Heading)
        || (Math.Abs(goal.X - _odometry.X) < Near && Math.Abs(goal.Y - _odometry.Y) < Near && Math.Abs(Angles.Wrap(goal.Heading - _odometry.Heading)) < Near);

    /// <summary>In the direction of the goal: ahead, or to the left.</summary>
    private double Way => _entry.Goal.Kind == GoalKind.Strafe ? _odometry.SideWay : _odometry.Way;

    /// <summary>What is let through next begins where the steering stands.</summary>
    private void FindSteering()
    {
        if (_steers && double.IsFinite(_odometry.Steering))
            _envelope.SteeringStandsAt(_odometry.Steering);
    }

    private bool MustStandStill()
    {
        var stops = _stop.Count;
        var isStopped = _stop.IsEngaged || stops != _stopsSeen;
        _stopsSeen = stops;
        if (!isStopped && !_isFaulted && !_host.IsLate)
            return false;
        _body.Brake();
        if (isStopped)
            Rest(MotionState.EStopped, MotionCause.EStop);
        else if (_isFaulted)
            Rest(MotionState.Faulted, MotionCause.Fault);
        else
            Rest(MotionState.Blocked, MotionCause.Host);
        return true;
    }

    private void Rest(MotionState state, MotionCause cause)
    {
        _envelope.Rest(cause);
        _command = default;
        if (_state == MotionState.Running)
            End(state, cause);
    }

    private MotionCause Forbidden(long now, MotionCause motors)
    {
        if (_state != MotionState.Running)
            return MotionCause.None;
        if (!_host.IsLeaseValid(_entry.Fence, now))
            return MotionCause.Lease;
        if (_host.Silence(now) > _limits.WatchdogPatience)
            return MotionCause.Watchdog;
        if (motors != MotionCause.None)
            return motors;
        return _entry.Goal.Kind != GoalKind.Stop && IsBatteryLow() ? MotionCause.Battery : MotionCause.None;
    }

    private bool IsBatteryLow() => _battery < (_entry.Goal.IsHoming ? _limits.BatteryReserve : _limits.BatteryFloor);

    private bool IsCalibrated()
    {
        if (_calibration < 0)
            return true;
        _calibration++;
        if (_odometry.BiasSamples < _options.CalibrationTicks && _calibration < 4 * _options.CalibrationTicks)
            return false;
        _calibration = -1;
        return true;
    }

    /// <summary>Whether the goal is done, or cannot be.</summary>
    /// <param name="sinceReading">0 when there is no new reading.</param>
    private void Judge(MotionCause forbidden, bool wants, double seconds, double sinceReading)
    {
        var stuck = sinceReading > 0 && IsAnyWheelStuck(_command.Speeds, _odometry.Turned, sinceReading);
        if (_state != MotionState.Running)
            return;
        if (forbidden != MotionCause.None)
            End(MotionState.Blocked, forbidden);
        else if (stuck)
            End(MotionState.Blocked, MotionCause.Wheel);
        else if (_calibration < 0 && _controller.IsDone)
            End(MotionState.Done, MotionCause.None);

        if (_stallWatch.Observe(wants, Way, _envelope.Limited, seconds))
            End(MotionState.Blocked, _stallWatch.Limit);
    }

    private bool IsAnyWheelStuck(in WheelSet commanded, in WheelSet turned, double seconds) =>
        _wheelWatches[0].Observe(commanded.FrontLeft, turned.FrontLeft, seconds) | _wheelWatches[1].Observe(commanded.FrontRight, turned.FrontRight, seconds)
        | _wheelWatches[2].Observe(commanded.BackLeft, turned.BackLeft, seconds) | _wheelWatches[3].Observe(commanded.BackRight, turned.BackRight, seconds);

    private void End(MotionState state, MotionCause cause)
    {
        if (_state != MotionState.Running)
            return;
        _state = state;
        _cause = cause;
    }

    private void Drive(double seconds, long now)
    {
        if (_envelope.MustBrake)
        {
            _body.Brake();
            _command = default;
            return;
        }
        _command = _train.CommandFor(_envelope.Command);
        _steered = _command.Steering;
        if (!_body.TryDrive(_command))
        {
            OnSilence(seconds, now);
            return;
        }
        _silentSeconds = 0;
        if (_stop.IsEngaged)
            _body.Brake(); // it was engaged while this tick computed
    }

    private void Publish()
    {
        _memory.Value.State.Snapshot.Of<MotionSnapshot>().Write(Describe());
        Volatile.Write(ref _memory.Value.State.Ticks, _tick);
    }

    private MotionSnapshot Describe() => new(
        _tick,
        _entry.Id,
        _entry.Goal.Kind,
        _state,
        _cause,
        _controller.Remaining,
        Way - _startWay,
        _odometry.Heading - _startHeading,
        _odometry.Pose,
        _odometry.Speed,
        _odometry.TurnRate,
        _odometry.SideSpeed,
        _odometry.Steering,
        _range,
        _fenceAhead,
        _battery,
        _stop.IsEngaged,
        _host.IsLate,
        _envelope.Limited,
        _envelope.Clamped,
        _refused);
}
