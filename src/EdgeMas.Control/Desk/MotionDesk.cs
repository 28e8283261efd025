using EdgeMas.Control.Envelope;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Native;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Process;
using EdgeMas.Control.Sharing;
using EdgeMas.Control.Stopping;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Desk;

/// <summary>
/// Where a host moves the base from: it gives goals under a lease, sees what became of them, and stops. The loop that works on them lives in this process or in one
/// of its own (<see cref="Attach"/>); between the two lies nothing but memory.
/// </summary>
/// <remarks>Any thread.</remarks>
public sealed class MotionDesk : IDisposable
{
    private const int MostLooks = 1_000;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    private readonly SharedMemory<CoreLayout> _memory;
    private readonly string? _path;
    private readonly Lock _writing = new();
    private long _session, _lastGoal;
    private volatile bool _isCoreLost;

    internal MotionDesk(SharedMemory<CoreLayout> memory, long session, EnvelopeOptions limits, TimeProvider time, IWheeledBody? drive, string? path = null)
    {
        (_memory, _session, Limits, _path) = (memory, session, limits, path);
        _lastGoal = session << MotionLeases.SessionShift;
        EmergencyStop = new EmergencyStop(memory, drive is null ? null : drive.Brake);
        Leases = new MotionLeases(memory, session, limits.LeaseDuration, time);
    }

    public EnvelopeOptions Limits { get; }

    public EmergencyStop EmergencyStop { get; }

    public MotionLeases Leases { get; }

    /// <summary>Grows with every host that takes the base over; the fencing numbers of its leases lie above all of the host before. 0 in the loop's own process.</summary>
    public long Session => Volatile.Read(ref _session);

    /// <summary>False when another host has taken the base over: nothing that this one says counts any more.</summary>
    public bool IsCurrent => Volatile.Read(ref _memory.Value.Header.Session) == Session;

    /// <summary>The newest state. One that is faulted, with tick −1, when the core died while it wrote; one that claims no motion while the core is lost.</summary>
    public MotionSnapshot Snapshot => _isCoreLost ? Unclaimed(NewestSnapshot) : NewestSnapshot;

    private MotionSnapshot NewestSnapshot
    {
        get
        {
            var spin = new SpinWait();
            for (var look = 0; look < MostLooks; look++)
            {
                if (_memory.Value.State.Snapshot.TryRead(out var snapshot, out _))
                    return snapshot;
                spin.SpinOnce();
            }
            return new MotionSnapshot { Tick = -1, State = MotionState.Faulted, Cause = MotionCause.Fault };
        }
    }

    /// <summary>What a tick threw; null for nothing. The brakes stay on until <see cref="ClearFault"/>.</summary>
    public string? Fault => _memory.Value.State.Fault.TryRead(out var fault, out _) && fault.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>What does not work of a body whose drivers are in the core's process, one line each.</summary>
    public IReadOnlyList<string> BodyTroubles
    {
        get
        {
            var spin = new SpinWait();
            for (var look = 0; look < MostLooks; look++)
            {
                if (_memory.Value.State.Troubles.TryRead(out var troubles, out _))
                    return troubles.ToLines();
                spin.SpinOnce();
            }
            return []; // the core died while it wrote, which is told otherwise
        }
    }

    /// <summary>How late the loop's ticks began; empty where a simulation ticks it.</summary>
    public LatenessReport Lateness => _memory.Value.Lateness.Read();

    public CoreFigures Figures
    {
        get
        {
            ref var state = ref _memory.Value.State;
            return new CoreFigures(
                _memory.Value.Header.CorePid, Volatile.Read(ref state.AllocatedBytes), Volatile.Read(ref state.Collections),
                Volatile.Read(ref state.FirstTickAt), TimeSpan.FromMicroseconds(Volatile.Read(ref state.HostSilenceNs) / 1000.0));
        }
    }

    /// <summary>Takes the base over from the host before, which must have gone silent.</summary>
    /// <param name="path">The core's region of shared memory.</param>
    /// <param name="settings">What the core is expected to run under.</param>
    /// <remarks>Waits for that, some seconds at most.</remarks>
    /// <exception cref="RegionException">There is no such core, it runs under other settings, or another host has the base.</exception>
    public static MotionDesk Attach(string path, CoreSettings settings)
    {
        var memory = SharedMemory<CoreLayout>.Open(path);
        try
        {
            ref var header = ref memory.Value.Header;
            if (header.Settings != settings.Fingerprint)
                throw new RegionException(path, $"the core that runs there (process {header.CorePid}) has other limits than this robot's configuration: stop it, it is started anew");
            return new MotionDesk(memory, TakeOver(memory, path, settings.Envelope.HostPatience), settings.Envelope, TimeProvider.System, drive: null, path);
        }
        catch (RegionException)
        {
            memory.Dispose();
            throw;
        }
    }

    /// <summary>Sets a goal in place of the one before. Its owner must go on feeding the lease (<see cref="MotionLeases.Feed"/>), or the base stops.</summary>
    /// <param name="goalId">The goal's number, by which <see cref="Snapshot"/> speaks of it; numbers grow.</param>
    /// <returns>False when the lease ran out or another has it.</returns>
    public bool TrySubmit(in MotionLease lease, in MotionGoal goal, out long goalId)
    {
        goalId = 0;
        lock (_writing)
        {
            if (!Leases.Feed(lease))
                return false;
            goalId = ++_lastGoal;
            Slot.Goal.Write(new GoalEntry(goalId, lease.Fence, goal));
            return true;
        }
    }

    /// <summary>Moves the base's idea of where it is towards a pose that something else measured. A relative drive or turn is finished first.</summary>
    /// <param name="weight">0 keeps what odometry says, 1 takes over the measurement.</param>
    public void CorrectPose(in Pose2D measured, double weight)
    {
        var correction = new PoseCorrection(measured, weight);
        if (!correction.IsValid)
            throw new ArgumentException($"a correction needs a pose and a weight from 0 to 1; got {measured} with weight {weight}", nameof(measured));
        lock (_writing)
            Slot.Correction.Write(correction);
    }

    /// <summary>Lets the loop go on after a <see cref="Fault"/>; the goal of then is over.</summary>
    public void ClearFault() => Interlocked.Increment(ref Slot.FaultsCleared);

    /// <summary>The core's process is gone or hangs: until <see cref="Rejoin"/> no snapshot claims that the base moves.</summary>
    internal void LoseCore() => _isCoreLost = true;

    /// <summary>Takes the base over again from a core that was started anew in the same region. Leases and goals of before are over.</summary>
    /// <exception cref="RegionException">It does not tick, or another host was faster.</exception>
    internal void Rejoin()
    {
        var session = TakeOver(_memory, _path!, Limits.HostPatience);
        lock (_writing)
        {
            Volatile.Write(ref _session, session);
            _lastGoal = session << MotionLeases.SessionShift;
            Leases.Renew(session);
        }
        _isCoreLost = false;
    }

    /// <summary>The host is alive. Nobody else's thread may say so: <see cref="Heartbeat"/> does.</summary>
    internal void Beat() => Volatile.Write(ref Slot.Beats, Slot.Beats + 1);

    /// <summary>Leaves the core alone, which then stops the base. Nothing of this desk may be used any more.</summary>
    public void Dispose() => _memory.Dispose();

    private ref HostSlot Slot => ref _memory.Value.Hosts[HostWatch.Index(Session)];

    /// <summary>What a core that is gone was doing is over.</summary>
    private static MotionSnapshot Unclaimed(in MotionSnapshot last) => last with
    {
        State = last.State == MotionState.Running ? MotionState.Faulted : last.State,
        Cause = last.State == MotionState.Running ? MotionCause.Core : last.Cause,
        Speed = 0,
        TurnRate = 0,
        SideSpeed = 0,
        Limited = MotionCause.Core,
    };

    /// <returns>The new session.</returns>
    private static long TakeOver(SharedMemory<CoreLayout> memory, string path, TimeSpan hostPatience)
    {
        var session = WaitForTurn(memory, path, hostPatience);
        if (Interlocked.CompareExchange(ref memory.Value.Header.Session, session + 1, session) != session)
            throw new RegionException(path, "another host has just taken the base");
        Fill(ref memory.Value.Hosts[HostWatch.Index(session + 1)], session + 1);
        Interlocked.CompareExchange(ref memory.Value.Stop.Reason, (int)EStopReason.None, (int)EStopReason.Shutdown); // the end of the host before is over
        return session + 1;
    }

    /// <returns>The session of the host before, which has gone silent.</returns>
    private static long WaitForTurn(SharedMemory<CoreLayout> memory, string path, TimeSpan hostPatience)
    {
        using var pause = new ManualResetEventSlim();
        var began = TimeProvider.System.GetTimestamp();
        memory.Value.State.Snapshot.TryRead(out var first, out _);
        while (true)
        {
            var session = Volatile.Read(ref memory.Value.Header.Session);
            var isTicking = memory.Value.State.Snapshot.TryRead(out var now, out _) && now.Tick != first.Tick;
            if (isTicking && now.IsHostLate)
                return session;
            if (TimeProvider.System.GetElapsedTime(began) > hostPatience + LongestWait)
            {
                throw new RegionException(path, isTicking
                    ? $"another host (process {memory.Value.Hosts[HostWatch.Index(session)].Pid}) has the base: stop it first"
                    : $"the core that made it (process {memory.Value.Header.CorePid}) does not run any more: start edgemas-control");
            }
            pause.Wait(Look);
        }
    }

    private static void Fill(ref HostSlot slot, long session)
    {
        slot = new HostSlot { Pid = Environment.ProcessId, Fence = session << MotionLeases.SessionShift };
        Volatile.Write(ref slot.Session, session);
    }
}
