using EdgeMas.Control.Leases;
using EdgeMas.Control.Native;
using EdgeMas.Control.Sharing;
using EdgeMas.Control.Stopping;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Vehicles;

/// <summary>Where a host moves a vehicle from, beside the rover's own desk: it gives goals under a lease, sees what became of them, and stops.</summary>
/// <remarks>Any thread. The loop lives in the same process.</remarks>
public sealed class VehicleDesk<TGoal, TBody>
    where TGoal : unmanaged
    where TBody : unmanaged
{
    private readonly LatestValue<VehicleEntry<TGoal>> _goal = new();
    private readonly LatestValue<VehicleSnapshot<TBody>> _snapshot = new();
    private readonly Lock _writing = new();
    private string? _fault;
    private long _lastGoal, _faultsCleared;

    internal VehicleDesk(SharedMemory<CoreLayout> memory, VehicleLimits limits, TimeProvider time, Action? halt)
    {
        EmergencyStop = new EmergencyStop(memory, halt); // every tick brings the vehicle to its safe state, too
        Leases = new MotionLeases(memory, session: 0, limits.LeaseDuration, time);
    }

    /// <summary>Latched; what it does to the vehicle is the kind's safe state.</summary>
    public EmergencyStop EmergencyStop { get; }

    public MotionLeases Leases { get; }

    /// <summary>The newest state.</summary>
    public VehicleSnapshot<TBody> Snapshot => _snapshot.Read();

    /// <summary>What a tick threw; null for nothing. The vehicle stays in its safe state until <see cref="ClearFault"/>.</summary>
    public string? Fault => Volatile.Read(ref _fault);

    internal long FaultsCleared => Volatile.Read(ref _faultsCleared);

    /// <summary>Sets a goal in place of the one before. Its owner must go on feeding the lease (<see cref="MotionLeases.Feed"/>), or the vehicle goes to its safe state.</summary>
    /// <param name="goalId">The goal's number, by which <see cref="Snapshot"/> speaks of it; numbers grow.</param>
    /// <returns>False when the lease ran out or another has it.</returns>
    public bool TrySubmit(in MotionLease lease, in TGoal goal, out long goalId)
    {
        goalId = 0;
        lock (_writing)
        {
            if (!Leases.Feed(lease))
                return false;
            goalId = ++_lastGoal;
            _goal.Write(new VehicleEntry<TGoal>(goalId, lease.Fence, goal));
            return true;
        }
    }

    /// <summary>Lets the loop go on after a <see cref="Fault"/>; the goal of then is over.</summary>
    public void ClearFault()
    {
        Volatile.Write(ref _fault, null);
        Interlocked.Increment(ref _faultsCleared);
    }

    internal void SetFault(string message) => Volatile.Write(ref _fault, message);

    internal void Publish(in VehicleSnapshot<TBody> snapshot) => _snapshot.Write(snapshot);

    /// <returns>False while one is being written.</returns>
    internal bool TryReadGoal(out VehicleEntry<TGoal> entry, out long version) => _goal.TryRead(out entry, out version);
}
