using EdgeMas.Control.Desk;
using EdgeMas.Control.Envelope;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Loop;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Description;
using EdgeMas.Simulation.World;

namespace EdgeMas.Control.Tests;

/// <summary>A yard, its rover and a control loop, stepped by hand on one thread: 10 ms a step.</summary>
internal abstract class LoopRig(WorldDescription yard)
{
    internal static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);

    private MotionLease _lease;

    internal VirtualClock Clock { get; } = new();

    internal YardWorld World { get; } = new(yard);

    internal abstract ControlLoop Loop { get; }

    internal abstract EnvelopeOptions Limits { get; }

    internal MotionDesk Desk => Loop.Desk;

    internal bool FeedsItself { get; set; } = true;

    internal MotionLease Lease => _lease;

    internal void TakeLease(string holder, MotionPriority priority = MotionPriority.Agent) => Assert.True(Desk.Leases.TryAcquire(holder, out _lease, priority));

    internal void Step()
    {
        World.Step(Period);
        Loop.Tick();
        Clock.Advance(Period);
        if (FeedsItself)
            Desk.Leases.Feed(_lease);
    }

    internal void Run(double seconds)
    {
        for (var i = 0; i < seconds * 100; i++)
            Step();
    }

    internal long Submit(MotionGoal goal)
    {
        Assert.True(Desk.TrySubmit(_lease, goal, out var id));
        return id;
    }

    /// <summary>Works on a goal to its end.</summary>
    internal MotionSnapshot Finish(MotionGoal goal, double limitSeconds = 120)
    {
        var id = Submit(goal);
        for (var i = 0; i < limitSeconds * 100; i++)
        {
            Step();
            if (Desk.Snapshot is var now && now.GoalId == id && now.State != MotionState.Running)
                return now;
        }
        throw new TimeoutException($"{goal} did not end within {limitSeconds} s: {Desk.Snapshot}");
    }

    /// <summary>With the yard's fence.</summary>
    private protected EnvelopeOptions Fenced(EnvelopeOptions limits) => limits with { Geofence = [.. yard.Geofence.Select(corner => new Point2D(corner.X, corner.Y))] };
}
