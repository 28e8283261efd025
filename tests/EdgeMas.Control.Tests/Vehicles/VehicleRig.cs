using System.Runtime.InteropServices;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Vehicles;
using EdgeMas.Simulation.Clock;

namespace EdgeMas.Control.Tests.Vehicles;

/// <summary>A simulated vehicle and its control loop, stepped by hand on one thread.</summary>
internal abstract class VehicleRig<TGoal, TBody>(TimeSpan period)
    where TGoal : unmanaged
    where TBody : unmanaged
{
    private MotionLease _lease;

    internal VirtualClock Clock { get; } = new();

    internal VehicleDesk<TGoal, TBody> Desk => Vehicle.Desk;

    internal VehicleSnapshot<TBody> Now => Desk.Snapshot;

    internal bool FeedsItself { get; set; } = true;

    internal Action? EachStep { get; set; }

    internal long AllocatedByTicks { get; set; }

    protected abstract VehicleLoop<TGoal, TBody> Vehicle { get; }

    /// <summary>What is true of the vehicle, for failures.</summary>
    protected abstract object Truth { get; }

    internal void TakeLease(string holder, MotionPriority priority = MotionPriority.Agent) => Assert.True(Desk.Leases.TryAcquire(holder, out _lease, priority));

    internal void Step()
    {
        StepWorld(period);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Vehicle.Tick();
        AllocatedByTicks += GC.GetAllocatedBytesForCurrentThread() - before;
        Clock.Advance(period);
        if (FeedsItself)
            Desk.Leases.Feed(_lease);
        EachStep?.Invoke();
    }

    internal void Run(double seconds)
    {
        for (var i = 0; i < seconds / period.TotalSeconds; i++)
            Step();
    }

    internal long Submit(in TGoal goal)
    {
        Assert.True(Desk.TrySubmit(_lease, goal, out var id));
        return id;
    }

    /// <summary>Random bytes in the goal, which counts as a new one.</summary>
    internal void CorruptGoal(Random random)
    {
        var bytes = MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref Vehicle.Memory.Value.Hosts[0].Goal, 1));
        random.NextBytes(bytes.Slice(random.Next(sizeof(long), bytes.Length - sizeof(long)), sizeof(long)));
        MemoryMarshal.Cast<byte, long>(bytes)[0] += 2;
    }

    /// <summary>Works on a goal to its end.</summary>
    internal VehicleSnapshot<TBody> Finish(in TGoal goal, double limitSeconds = 60)
    {
        var id = Submit(goal);
        RunUntil(() => Now is var now && now.GoalId == id && now.State != MotionState.Running, limitSeconds);
        return Now;
    }

    internal void RunUntil(Func<bool> condition, double limitSeconds = 60)
    {
        for (var i = 0; i < limitSeconds / period.TotalSeconds; i++)
        {
            if (condition())
                return;
            Step();
        }
        throw new TimeoutException($"it did not come true within {limitSeconds} s: {Now}; truth {Truth}");
    }

    protected abstract void StepWorld(TimeSpan period);
}
