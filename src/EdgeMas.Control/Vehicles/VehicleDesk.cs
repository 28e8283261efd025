using EdgeMas.Control.Desk;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Process;
using EdgeMas.Control.Sharing;

namespace EdgeMas.Control.Vehicles;

/// <summary>Where a host moves a vehicle from, beside the rover's own desk: it gives goals under a lease, sees what became of them, and stops. The loop may live in another process.</summary>
/// <remarks>Any thread.</remarks>
public sealed class VehicleDesk<TGoal, TBody> : CoreDesk
    where TGoal : unmanaged
    where TBody : unmanaged
{
    internal VehicleDesk(DeskPlace place, VehicleLimits limits, TimeProvider time, Action? halt)
        : base(place, limits.LeaseDuration, limits.HostPatience, time, halt)
    {
    }

    /// <summary>The newest state. One that is faulted, with tick −1, when the core died while it wrote; one that claims no motion while the core is lost.</summary>
    public VehicleSnapshot<TBody> Snapshot => IsCoreLost ? Unclaimed(Newest) : Newest;

    private VehicleSnapshot<TBody> Newest =>
        TryReadSnapshot<VehicleSnapshot<TBody>>(out var snapshot) ? snapshot : new VehicleSnapshot<TBody> { Tick = -1, State = MotionState.Faulted, Cause = MotionCause.Fault };

    /// <summary>Sets a goal in place of the one before. Its owner must go on feeding the lease (<see cref="MotionLeases.Feed"/>), or the vehicle goes to its safe state.</summary>
    /// <param name="goalId">The goal's number, by which <see cref="Snapshot"/> speaks of it; numbers grow.</param>
    /// <returns>False when the lease ran out or another has it.</returns>
    public bool TrySubmit(in MotionLease lease, in TGoal goal, out long goalId) => TryGive(lease, goal, out goalId);

    /// <param name="settings">Those of a core of this kind.</param>
    /// <exception cref="RegionException">There is no such core, it runs under other settings, or another host has it.</exception>
    internal static VehicleDesk<TGoal, TBody> Attach(string path, CoreSettings settings, VehicleLimits limits) => new(Join(path, settings), limits, TimeProvider.System, halt: null);

    /// <summary>What a core that is gone was doing is over.</summary>
    private static VehicleSnapshot<TBody> Unclaimed(in VehicleSnapshot<TBody> last) => last with
    {
        State = last.State == MotionState.Running ? MotionState.Faulted : last.State,
        Cause = last.State == MotionState.Running ? MotionCause.Core : last.Cause,
        Limited = MotionCause.Core,
        Forbidden = MotionCause.Core,
    };
}
