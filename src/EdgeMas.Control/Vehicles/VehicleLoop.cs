using EdgeMas.Control.Envelope;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Native;
using EdgeMas.Control.Sharing;

namespace EdgeMas.Control.Vehicles;

/// <summary>
/// What the control loops of all vehicles but the rover have in common: leases, watchdog, emergency stop, faults, and the life of a goal. The kind of vehicle says how
/// it moves and what its safe state is. Nothing is allocated while it runs.
/// </summary>
/// <remarks><see cref="Tick"/> belongs to one thread and waits for nobody.</remarks>
public abstract class VehicleLoop<TGoal, TBody>
    where TGoal : unmanaged
    where TBody : unmanaged
{
    /// <summary>Steps are taken for no longer than this, however long the thread was kept away.</summary>
    private const double LongestStep = 0.05;

    private readonly VehicleLimits _limits;
    private readonly TimeProvider _time;
    private readonly SharedMemory<CoreLayout> _memory = SharedMemory<CoreLayout>.Private();
    private readonly HostWatch _host;
    private VehicleEntry<TGoal> _entry;
    private MotionState _state;
    private MotionCause _cause, _forbidden;
    private bool _isFaulted;
    private double _silentSeconds;
    private long _tick, _lastTick, _goalTaken, _stopsSeen, _refused, _clamped, _faultsCleared;
    private MotionCause _limitedBefore;

    /// <param name="halt">Brings the body to its emergency stop's state between two ticks, from any thread; null where only a tick can.</param>
    private protected VehicleLoop(VehicleLimits limits, TimeProvider time, Action? halt = null)
    {
        limits.Check();
        (_limits, _time) = (limits, time);
        Desk = new VehicleDesk<TGoal, TBody>(_memory, limits, time, halt);
        _host = new HostWatch(_memory, new EnvelopeOptions { LeaseDuration = limits.LeaseDuration }, time);
        _lastTick = time.GetTimestamp();
    }

    /// <summary>Where this process moves the vehicle from.</summary>
    public VehicleDesk<TGoal, TBody> Desk { get; }

    internal SharedMemory<CoreLayout> Memory => _memory;

    /// <summary>Which limit the envelope applies now.</summary>
    private protected MotionCause Limited { get; set; }

    private protected bool IsRunning => _state == MotionState.Running;

    /// <summary>Whether it may not be left alone although no goal is being worked on.</summary>
    private protected abstract bool NeedsOwner { get; }

    /// <summary>One period of control. Never throws: what goes wrong latches <see cref="VehicleDesk{TGoal,TBody}.Fault"/> and leads to the safe state.</summary>
    public void Tick()
    {
        try
        {
            _tick++;
            TickOnce();
        }
        catch (Exception error)
        {
            Desk.SetFault(error.Message);
            _isFaulted = true;
            _forbidden = MotionCause.Fault;
            End(MotionState.Faulted, MotionCause.Fault);
            GiveUp();
        }
        if (Limited != MotionCause.None && Limited != _limitedBefore)
            _clamped++;
        _limitedBefore = Limited;
        Publish();
    }

    /// <summary>To be called at the end of the maker of a kind: the state before the first tick.</summary>
    private protected void Publish() => Desk.Publish(new VehicleSnapshot<TBody>(
        _tick, _entry.Id, _state, _cause, Limited, _clamped, _refused, Desk.EmergencyStop.IsEngaged, _forbidden, Describe()));

    /// <returns>False when the body does not answer, or with nonsense.</returns>
    private protected abstract bool TrySense(out long timestamp);

    /// <summary>Why a goal of usable numbers may not begin; <see cref="MotionCause.None"/> when it may.</summary>
    private protected abstract MotionCause RefusalOf(in TGoal goal);

    private protected abstract void Begin(in TGoal goal);

    /// <summary>Why the body itself may not go on.</summary>
    private protected abstract MotionCause BodyForbids(in TGoal goal);

    /// <summary>Moves on towards the goal, or towards the safe state where something forbids the goal.</summary>
    private protected abstract void Move(double seconds, MotionCause forbidden);

    /// <summary>The body has given no reading, for so long by now.</summary>
    private protected abstract void MoveBlind(double silentSeconds, bool isPatienceOver);

    /// <summary>This tick threw: the safe state that needs no computing. The ticks after it go on with <see cref="MotionCause.Fault"/>.</summary>
    private protected abstract void GiveUp();

    /// <summary>The newest goal was refused, and the one before is over: stay here.</summary>
    private protected abstract void Stay();

    private protected abstract TBody Describe();

    /// <summary>The goal has ended.</summary>
    private protected void End(MotionState state, MotionCause cause)
    {
        if (_state == MotionState.Running)
            (_state, _cause) = (state, cause);
    }

    private void TickOnce()
    {
        var now = _time.GetTimestamp();
        var seconds = Math.Min(_time.GetElapsedTime(_lastTick, now).TotalSeconds, LongestStep);
        _lastTick = now;
        _host.Refresh(now);
        if (Desk.FaultsCleared != _faultsCleared)
            (_faultsCleared, _isFaulted) = (Desk.FaultsCleared, false);
        var senses = TrySense(out var timestamp) && _time.GetElapsedTime(timestamp, now) <= _limits.ReadingPatience;
        _silentSeconds = senses ? 0 : _silentSeconds + seconds;
        if (senses)
            TakeGoal(now);
        _forbidden = Forbidden(now);
        if (_forbidden != MotionCause.None)
            End(StateOf(_forbidden), _forbidden);
        if (senses)
        {
            if (seconds > 0)
                Move(seconds, _forbidden);
            return;
        }
        var isPatienceOver = _silentSeconds > _limits.BodyPatience.TotalSeconds;
        if (isPatienceOver)
        {
            DropGoal();
            End(MotionState.Faulted, MotionCause.Body);
        }
        MoveBlind(_silentSeconds, isPatienceOver);
    }

    private void TakeGoal(long now)
    {
        if (!Desk.TryReadGoal(out var entry, out var version) || version == _goalTaken)
            return;
        _goalTaken = version;
        if (entry.Id == 0)
            return;
        (_entry, _state, _cause) = (entry, MotionState.Running, MotionCause.None);
        var refusal = !_host.IsLeaseValid(entry.Fence, now) ? MotionCause.Lease : Desk.EmergencyStop.IsEngaged ? MotionCause.EStop : RefusalOf(entry.Goal);
        if (refusal == MotionCause.None)
        {
            Begin(entry.Goal);
            return;
        }
        _refused++;
        Stay();
        End(refusal == MotionCause.EStop ? MotionState.EStopped : MotionState.Refused, refusal);
    }

    /// <summary>A goal that comes while the body is silent is not begun once it answers: nobody may expect it then.</summary>
    private void DropGoal()
    {
        if (!Desk.TryReadGoal(out var entry, out var version) || version == _goalTaken || entry.Id == 0)
            return;
        (_goalTaken, _entry, _state, _cause) = (version, entry, MotionState.Running, MotionCause.None);
        _refused++;
    }

    private MotionCause Forbidden(long now)
    {
        var stops = Desk.EmergencyStop.Count;
        var isStopped = Desk.EmergencyStop.IsEngaged || stops != _stopsSeen;
        _stopsSeen = stops;
        if (isStopped)
            return MotionCause.EStop;
        if (_isFaulted)
            return MotionCause.Fault;
        if (!IsRunning && !NeedsOwner)
            return MotionCause.None;
        if (!_host.IsLeaseValid(_entry.Fence, now))
            return MotionCause.Lease;
        return _host.Silence(now) > _limits.WatchdogPatience ? MotionCause.Watchdog : BodyForbids(_entry.Goal);
    }

    private static MotionState StateOf(MotionCause forbidden) => forbidden switch
    {
        MotionCause.EStop => MotionState.EStopped,
        MotionCause.Fault or MotionCause.Body => MotionState.Faulted,
        _ => MotionState.Blocked,
    };
}
