using EdgeMas.Control.Goals;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Native;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Process;
using EdgeMas.Control.Sharing;
using EdgeMas.Control.Stopping;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Desk;

/// <summary>
/// A host's side of a control loop, whatever it moves: leases, the emergency stop, signs of life, and what the loop says of itself. The loop lives in this process or in one of its own; between
/// the two lies nothing but memory.
/// </summary>
/// <remarks>Any thread.</remarks>
public abstract class CoreDesk : IDisposable
{
    private const int MostLooks = 1_000;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    private readonly string? _path;
    private readonly Lock _writing = new();
    private long _session, _lastGoal;
    private volatile bool _isCoreLost;

    private protected CoreDesk(DeskPlace place, TimeSpan leaseDuration, TimeSpan hostPatience, TimeProvider time, Action? halt)
    {
        (Memory, _session, _path) = place;
        HostPatience = hostPatience;
        _lastGoal = _session << MotionLeases.SessionShift;
        EmergencyStop = new EmergencyStop(Memory, halt);
        Leases = new MotionLeases(Memory, _session, leaseDuration, time);
    }

    /// <summary>Latched; what it does to the vehicle is the kind's safe state.</summary>
    public EmergencyStop EmergencyStop { get; }

    public MotionLeases Leases { get; }

    /// <summary>How long this host may be silent before the loop goes to its safe state; infinite in the loop's own process.</summary>
    public TimeSpan HostPatience { get; }

    /// <summary>Grows with every host that takes the vehicle over; the fencing numbers of its leases lie above all of the host before. 0 in the loop's own process.</summary>
    public long Session => Volatile.Read(ref _session);

    /// <summary>False when another host has taken the vehicle over: nothing that this one says counts any more.</summary>
    public bool IsCurrent => Volatile.Read(ref Memory.Value.Header.Session) == Session;

    /// <summary>Of the loop since its start.</summary>
    public long Ticks => Volatile.Read(ref Memory.Value.State.Ticks);

    /// <summary>What a tick threw; null for nothing. The vehicle stays in its safe state until <see cref="ClearFault"/>.</summary>
    public string? Fault => Memory.Value.State.Fault.TryRead(out var fault, out _) && fault.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>What does not work of a body whose drivers are in the core's process, one line each.</summary>
    public IReadOnlyList<string> BodyTroubles => TryReadLong(ref Memory.Value.State.Troubles, out var troubles) ? troubles.ToLines() : []; // a core that died while it wrote is told otherwise

    /// <summary>How late the loop's ticks began; empty where a simulation ticks it.</summary>
    public LatenessReport Lateness => Memory.Value.Lateness.Read();

    public CoreFigures Figures
    {
        get
        {
            ref var state = ref Memory.Value.State;
            return new CoreFigures(
                Memory.Value.Header.CorePid, Volatile.Read(ref state.AllocatedBytes), Volatile.Read(ref state.Collections),
                Volatile.Read(ref state.FirstTickAt), TimeSpan.FromMicroseconds(Volatile.Read(ref state.HostSilenceNs) / 1000.0));
        }
    }

    private protected SharedMemory<CoreLayout> Memory { get; }

    /// <summary>The core's process is gone or hangs.</summary>
    private protected bool IsCoreLost => _isCoreLost;

    private protected ref HostSlot Slot => ref Memory.Value.Hosts[HostWatch.Index(Session)];

    /// <summary>Lets the loop go on after a <see cref="Fault"/>; the goal of then is over.</summary>
    public void ClearFault() => Interlocked.Increment(ref Slot.FaultsCleared);

    /// <summary>Leaves the core alone, which then goes to its safe state. Nothing of this desk may be used any more.</summary>
    public void Dispose()
    {
        Memory.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The core's process is gone or hangs: until <see cref="Rejoin"/> no snapshot claims that the vehicle moves.</summary>
    internal virtual void LoseCore() => _isCoreLost = true;

    /// <summary>Takes the vehicle over again from a core that was started anew in the same region. Leases and goals of before are over.</summary>
    /// <exception cref="RegionException">It does not tick, or another host was faster.</exception>
    internal virtual void Rejoin()
    {
        var session = TakeOver(Memory, _path!, HostPatience);
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

    /// <summary>Takes a core over from the host before, which must have gone silent. Waits for that, some seconds at most.</summary>
    /// <param name="settings">What the core is expected to run under.</param>
    /// <exception cref="RegionException">There is no such core, it runs under other settings, or another host has it.</exception>
    private protected static DeskPlace Join(string path, CoreSettings settings)
    {
        var memory = SharedMemory<CoreLayout>.Open(path);
        try
        {
            ref var header = ref memory.Value.Header;
            if (header.Settings != settings.Fingerprint)
                throw new RegionException(path, $"the core that runs there (process {header.CorePid}) has other limits than this robot's configuration: stop it, it is started anew");
            return new DeskPlace(memory, TakeOver(memory, path, settings.HostPatience), path);
        }
        catch (RegionException)
        {
            memory.Dispose();
            throw;
        }
    }

    /// <param name="goalId">The goal's number; numbers grow.</param>
    /// <returns>False when the lease ran out or another has it.</returns>
    private protected bool TryGive<TGoal>(in MotionLease lease, in TGoal goal, out long goalId)
        where TGoal : unmanaged
    {
        goalId = 0;
        lock (_writing)
        {
            if (!Leases.Feed(lease))
                return false;
            goalId = ++_lastGoal;
            Slot.Goal.Of<GoalEntry<TGoal>>().Write(new GoalEntry<TGoal>(goalId, lease.Fence, goal));
            return true;
        }
    }

    private protected void Correct(in PoseCorrection correction)
    {
        lock (_writing)
            Slot.Correction.Write(correction);
    }

    /// <returns>False when the core died while it wrote.</returns>
    private protected bool TryReadSnapshot<TSnapshot>(out TSnapshot snapshot)
        where TSnapshot : unmanaged => TryReadLong(ref Memory.Value.State.Snapshot.Of<TSnapshot>(), out snapshot);

    private static bool TryReadLong<T>(ref SequencedValue<T> shared, out T value)
        where T : unmanaged
    {
        var spin = new SpinWait();
        for (var look = 0; look < MostLooks; look++)
        {
            if (shared.TryRead(out value, out _))
                return true;
            spin.SpinOnce();
        }
        value = default;
        return false;
    }

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
        var first = Volatile.Read(ref memory.Value.State.Ticks);
        while (true)
        {
            var session = Volatile.Read(ref memory.Value.Header.Session);
            var isTicking = Volatile.Read(ref memory.Value.State.Ticks) != first;
            if (isTicking && Volatile.Read(ref memory.Value.State.IsHostLate) != 0)
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
