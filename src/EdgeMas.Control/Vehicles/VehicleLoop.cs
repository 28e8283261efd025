using EdgeMas.Control.Desk;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Native;
using EdgeMas.Control.Sharing;
using EdgeMas.Control.Stopping;

namespace EdgeMas.Control.Vehicles;

/// <summary>
/// What the control loops of all vehicles but the rover have in common: leases, watchdog, emergency stop, faults, and the life of a goal. The kind of vehicle says how
/// it moves and what its safe state is. Nothing is allocated while it runs.
/// </summary>
/// <remarks><see cref="Tick"/> belongs to one thread and waits for nobody: goals come and what it knows goes out through memory, which <see cref="Desk"/> or a desk of another process writes and reads.</remarks>
public abstract class VehicleLoop<TGoal, TBody>
    where TGoal : unmanaged
    where TBody : unmanaged
{
    /// <summary>Steps are taken for no longer than this, however long the thread was kept away.</summary>
    private const double LongestStep = 0.05;

    private readonly VehicleLimits _limits;
    private readonly TimeProvider _time;
    private readonly SharedMemory<CoreLayout> _memory;
    private readonly HostWatch _host;
    private GoalEntry<TGoal> _entry;
    private MotionState _state;
    private MotionCause _cause, _forbidden;
    private bool _isFaulted;
    private double _silentSeconds;
    private long _tick, _lastTick, _stopsSeen, _refused, _clamped;
    private MotionCause _limitedBefore;

    /// <param name="halt">Brings the body to its emergency stop's state between two ticks, from any thread; null where only a tick can.</param>
    /// <param name="memory">Through which hosts of other processes reach it; null in the process of its only host.</param>
    private protected VehicleLoop(VehicleLimits limits, TimeProvider time, Action? halt, SharedMemory<CoreLayout>? memory)
    {
        limits.Check();
        (_limits, _time) = (limits, time);
        _memory = memory ?? SharedMemory<CoreLayout>.Private();
        if (memory is null)
            Desk = new VehicleDesk<TGoal, TBody>(new DeskPlace(_memory, 0, null), limits, time, halt);
        Stop = new EmergencyStop(_memory, halt); // every tick brings the vehicle to its safe state, too
        _host = new HostWatch(_memory, limits.LeaseDuration, limits.HostPatience, time);
        _lastTick = time.GetTimestamp();
    }

    /// <summary>Where this process moves the vehicle from; null where only other processes do.</summary>
    public VehicleDesk<TGoal, TBody> Desk { get; } = null!;

    internal SharedMemory<CoreLayout> Memory => _memory;

    /// <summary>The stop as the loop itself engages it.</summary>
    internal EmergencyStop Stop { get; }

    /// <summary>Which limit the envelope applies now.</summary>
    private protected MotionCause Limited { get; set; }

    private protected bool IsRunning => _state == MotionState.Running;

    /// <summary>Whether it may not be left alone although no goal is being worked on.</summary>
    private protected abstract bool NeedsOwner { get; }

    /// <summary>One period of control. Never throws: what goes wrong latches <see cref="CoreDesk.Fault"/> and leads to the safe state.</summary>
    public void Tick()
    {
        try
        {
            _tick++;
            TickOnce();
        }
        catch (Exception error)
        {
            _memory.Value.State.Fault.Write(new CoreState.FaultText(error.Message));
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
    private protected void Publish()
    {
        _memory.Value.State.Snapshot.Of<VehicleSnapshot<TBody>>().Write(
            new VehicleSnapshot<TBody>(_tick, _entry.Id, _state, _cause, Limited, _clamped, _refused, Stop.IsEngaged, _forbidden, Describe()));
        Volatile.Write(ref _memory.Value.State.Ticks, _tick);
    }

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
        LookAtHost(now);
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

    private void LookAtHost(long now)
    {
        if (_host.Refresh(now))
            End(MotionState.Blocked, MotionCause.Lease); // whoever gave the goal is gone
        if (!_host.TakeFaultCleared() || !_isFaulted)
            return;
        _isFaulted = false;
        _memory.Value.State.Fault.Write(default);
    }

    private void TakeGoal(long now)
    {
        if (!_host.TryTakeGoal<TGoal>(out var entry))
            return;
        (_entry, _state, _cause) = (entry, MotionState.Running, MotionCause.None);
        var refusal = !_host.IsLeaseValid(entry.Fence, now) ? MotionCause.Lease : Stop.IsEngaged ? MotionCause.EStop : RefusalOf(entry.Goal);
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
        if (!_host.TryTakeGoal<TGoal>(out var entry))
            return;
        (_entry, _state, _cause) = (entry, MotionState.Running, MotionCause.None);
        _refused++;
    }

    private MotionCause Forbidden(long now)
    {
        var stops = Stop.Count;
        var isStopped = Stop.IsEngaged || stops != _stopsSeen;
        _stopsSeen = stops;
        if (isStopped)
            return MotionCause.EStop;
        if (_isFaulted)
            return MotionCause.Fault;
        if (!IsRunning && !NeedsOwner)
            return MotionCause.None;
        if (_host.IsLate)
            return MotionCause.Host;
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
