using EdgeMas.Control.Envelope;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Odometry;
using EdgeMas.Control.Stopping;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Loop;

/// <summary>
/// Drives a base at a fixed rate: reads its sensors, keeps its pose, works on the newest goal, passes the command through the envelope and hands it to the wheels.
/// Nothing is allocated while it runs.
/// </summary>
/// <remarks>
/// <see cref="Tick"/> belongs to one thread; every other member may be called from any. The loop waits for nobody: goals come through a slot, and what it knows
/// goes out as <see cref="Snapshot"/>.
/// </remarks>
public sealed class ControlLoop
{
    private readonly IDifferentialDrive _drive;
    private readonly EnvelopeOptions _limits;
    private readonly ControlOptions _options;
    private readonly TimeProvider _time;
    private readonly MotionEnvelope _envelope;
    private readonly WheelOdometry _odometry;
    private readonly GoalController _controller;
    private readonly SensorReader _reader;
    private readonly GoalSlot _slot = new();
    private readonly LatestValue<MotionSnapshot> _snapshot;
    private readonly LatestValue<PoseCorrection> _correction = new();
    private readonly DifferentialDriveGeometry _geometry;
    private WheelWatch _leftWatch, _rightWatch;
    private StallWatch _stallWatch;
    private Exception? _fault;
    private GoalSlot.Entry _entry;
    private MotionState _state;
    private MotionCause _cause;
    private double _leftCommand, _rightCommand;
    private double _startWay, _startHeading, _fenceAhead = double.PositiveInfinity;
    private double _silentSeconds, _range = double.NaN, _battery = double.NaN;
    private long _tick, _lastTick, _stopsSeen, _correctionSeen;
    private int _calibration;

    /// <exception cref="ControlOptionsException">An option cannot be used; the message names it.</exception>
    public ControlLoop(IDifferentialDrive drive, EnvelopeOptions limits, ControlOptions options, TimeProvider time)
    {
        limits.Check();
        options.Check(limits);
        _drive = drive;
        _limits = limits;
        _options = options;
        _time = time;
        _geometry = drive.Geometry;
        ControlOptionsException.ThrowUnlessAbove(_geometry.WheelRadius, 0, "DifferentialDriveGeometry.WheelRadius");
        ControlOptionsException.ThrowUnlessAbove(_geometry.TrackWidth, 0, "DifferentialDriveGeometry.TrackWidth");
        _envelope = new MotionEnvelope(limits);
        _odometry = new WheelOdometry(_geometry, options.GyroWeight, options.StartPose);
        _controller = new GoalController(options, _odometry);
        _reader = new SensorReader(drive, time);
        _stallWatch = new StallWatch(options.BlockedPatience);
        EmergencyStop = new EmergencyStop(drive);
        Leases = new MotionLeases(limits.LeaseDuration, time);
        _lastTick = time.GetTimestamp();
        _snapshot = new LatestValue<MotionSnapshot>(Describe());
    }

    public EmergencyStop EmergencyStop { get; }

    public EnvelopeOptions Limits => _limits;

    public ControlOptions Options => _options;

    public MotionLeases Leases { get; }

    /// <summary>The newest state.</summary>
    public MotionSnapshot Snapshot => _snapshot.Read();

    /// <summary>What a tick threw. From then on the brakes stay on until <see cref="ClearFault"/>.</summary>
    public Exception? Fault => Volatile.Read(ref _fault);

    /// <summary>Sets a goal in place of the one before. Its owner must go on feeding the lease (<see cref="MotionLeases.Feed"/>), or the base stops.</summary>
    /// <param name="goalId">The goal's number, by which <see cref="Snapshot"/> speaks of it; numbers grow.</param>
    /// <returns>False when the lease ran out or another has it.</returns>
    public bool TrySubmit(in MotionLease lease, in MotionGoal goal, out long goalId)
    {
        goalId = Leases.Feed(lease) ? _slot.Put(goal, lease.Fence, Leases) : 0;
        return goalId != 0;
    }

    /// <summary>Moves the base's idea of where it is towards a pose that something else measured. A relative drive or turn is finished first.</summary>
    /// <param name="weight">0 keeps what odometry says, 1 takes over the measurement.</param>
    public void CorrectPose(in Pose2D measured, double weight)
    {
        if (!(weight is >= 0 and <= 1) || !double.IsFinite(measured.X) || !double.IsFinite(measured.Y) || !double.IsFinite(measured.Heading))
            throw new ArgumentException($"a correction needs a pose and a weight from 0 to 1; got {measured} with weight {weight}", nameof(measured));
        lock (_correction)
            _correction.Write(new PoseCorrection(measured, weight));
    }

    /// <summary>Lets the loop go on after a <see cref="Fault"/>; the goal of then is over.</summary>
    public void ClearFault() => Volatile.Write(ref _fault, null);

    /// <summary>One period of control. Never throws: what goes wrong latches <see cref="Fault"/> and brakes.</summary>
    public void Tick()
    {
        try
        {
            _tick++;
            TickOnce();
        }
        catch (Exception error)
        {
            Volatile.Write(ref _fault, error);
            _drive.Brake();
            Rest(MotionState.Faulted, MotionCause.Fault);
        }
        _snapshot.Write(Describe());
    }

    private void TickOnce()
    {
        var now = _time.GetTimestamp();
        var sinceTick = _time.GetElapsedTime(_lastTick, now).TotalSeconds;
        _lastTick = now;
        if (!_reader.TryRead(out var sensors, out var seconds))
        {
            OnSilence(sinceTick);
            return;
        }
        var atRest = _leftCommand == 0 && _rightCommand == 0;
        _odometry.Update(sensors, seconds, atRest);
        (_range, _battery) = (sensors.RangeAhead, sensors.Battery);
        ApplyCorrection();
        TakeGoal(now);
        if (MustStandStill())
            return;

        var forbidden = Forbidden(now);
        var (speed, turnRate) = (0.0, 0.0);
        if (_state == MotionState.Running && IsCalibrated())
        {
            _controller.Update();
            (speed, turnRate) = (_controller.Speed, _controller.TurnRate);
        }
        _envelope.Apply(speed, turnRate, new EnvelopeInput(seconds, _odometry.Pose, sensors.RangeAhead, forbidden));
        Judge(forbidden, speed, seconds);
        Drive(sinceTick);
    }

    private void OnSilence(double seconds)
    {
        _silentSeconds += seconds;
        if (_tick == 1)
            return;
        _drive.Brake();
        _envelope.Rest(MotionCause.Body);
        (_leftCommand, _rightCommand) = (0, 0);
        TakeGoal(_time.GetTimestamp());
        if (MustStandStill())
            return;
        if (_silentSeconds > _limits.BodyPatience.TotalSeconds && _state == MotionState.Running)
            End(MotionState.Faulted, MotionCause.Body);
    }

    private void ApplyCorrection()
    {
        var relative = _state == MotionState.Running && _entry.Goal.Kind is GoalKind.Drive or GoalKind.Turn;
        if (relative || !_correction.TryRead(out var correction, out var version) || version == _correctionSeen)
            return;
        _correctionSeen = version;
        var heading = _odometry.Heading;
        _odometry.Correct(correction.Pose, correction.Weight);
        _startHeading += _odometry.Heading - heading;
        if (_state == MotionState.Running)
            _controller.Begin(_entry.Goal); // towards a place: the way is made anew from here
    }

    private void TakeGoal(long now)
    {
        if (!_slot.TryTake(out var entry))
            return;
        _entry = entry;
        _state = MotionState.Running;
        _cause = MotionCause.None;
        _stallWatch.Begin(_odometry.Way);
        _startWay = _odometry.Way;
        _startHeading = _odometry.Heading;
        _fenceAhead = double.PositiveInfinity;
        var refusal = RefusalOf(entry, now);
        if (refusal == MotionCause.None)
        {
            _controller.Begin(entry.Goal);
            return;
        }
        _controller.Rest();
        End(MotionState.Refused, refusal);
    }

    private MotionCause RefusalOf(in GoalSlot.Entry entry, long now)
    {
        if (!Leases.IsValid(entry.Fence, now))
            return MotionCause.Lease;
        if (!entry.Goal.IsValid)
            return MotionCause.Goal;
        if (entry.Goal.Kind != GoalKind.Stop && IsBatteryLow())
            return MotionCause.Battery;
        return _envelope.AllowsGoal(entry.Goal, _odometry.Pose, out _fenceAhead) ? MotionCause.None : MotionCause.Geofence;
    }

    private bool MustStandStill()
    {
        var stops = EmergencyStop.Count;
        var isStopped = EmergencyStop.IsEngaged || stops != _stopsSeen;
        _stopsSeen = stops;
        if (!isStopped && Fault is null)
            return false;
        _drive.Brake();
        Rest(isStopped ? MotionState.EStopped : MotionState.Faulted, isStopped ? MotionCause.EStop : MotionCause.Fault);
        return true;
    }

    private void Rest(MotionState state, MotionCause cause)
    {
        _envelope.Rest(cause);
        (_leftCommand, _rightCommand) = (0, 0);
        if (_state == MotionState.Running)
            End(state, cause);
    }

    private MotionCause Forbidden(long now)
    {
        if (_state != MotionState.Running)
            return MotionCause.None;
        if (!Leases.IsValid(_entry.Fence, now))
            return MotionCause.Lease;
        if (Leases.Silence(now) > _limits.WatchdogPatience)
            return MotionCause.Watchdog;
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
    private void Judge(MotionCause forbidden, double speed, double seconds)
    {
        var stuck = _leftWatch.Observe(_leftCommand, _odometry.LeftTurned, seconds) | _rightWatch.Observe(_rightCommand, _odometry.RightTurned, seconds);
        if (_state != MotionState.Running)
            return;
        if (forbidden != MotionCause.None)
            End(MotionState.Blocked, forbidden);
        else if (stuck)
            End(MotionState.Blocked, MotionCause.Wheel);
        else if (_calibration < 0 && _controller.IsDone)
            End(MotionState.Done, MotionCause.None);

        if (_stallWatch.Observe(speed != 0, _odometry.Way, _envelope.Limited, seconds))
            End(MotionState.Blocked, _stallWatch.Limit);
    }

    private void End(MotionState state, MotionCause cause)
    {
        if (_state != MotionState.Running)
            return;
        _state = state;
        _cause = cause;
    }

    private void Drive(double seconds)
    {
        if (_envelope.MustBrake)
        {
            _drive.Brake();
            (_leftCommand, _rightCommand) = (0, 0);
            return;
        }
        var turn = _envelope.TurnRate * _geometry.TrackWidth / 2;
        _leftCommand = (_envelope.Speed - turn) / _geometry.WheelRadius;
        _rightCommand = (_envelope.Speed + turn) / _geometry.WheelRadius;
        if (!_drive.TryDrive(_leftCommand, _rightCommand))
        {
            OnSilence(seconds);
            return;
        }
        _silentSeconds = 0;
        if (EmergencyStop.IsEngaged)
            _drive.Brake(); // it was engaged while this tick computed
    }

    private MotionSnapshot Describe() => new(
        _tick,
        _entry.Id,
        _entry.Goal.Kind,
        _state,
        _cause,
        _controller.Remaining,
        _odometry.Way - _startWay,
        _odometry.Heading - _startHeading,
        _odometry.Pose,
        _odometry.Speed,
        _odometry.TurnRate,
        _range,
        _fenceAhead,
        _battery,
        EmergencyStop.IsEngaged,
        _envelope.Limited);

    private readonly record struct PoseCorrection(Pose2D Pose, double Weight);
}
