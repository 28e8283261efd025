using EdgeMas.Control.Desk;
using EdgeMas.Control.Envelope;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Loop;
using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Description;
using EdgeMas.Simulation.Rover;
using EdgeMas.Simulation.World;

namespace EdgeMas.Control.Tests;

/// <summary>The yard, its rover and a control loop, stepped by hand on one thread: 10 ms a step.</summary>
internal sealed class YardRig
{
    internal static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);

    private MotionLease _lease;

    internal YardRig(WorldDescription? description = null, Func<EnvelopeOptions, EnvelopeOptions>? limits = null, Func<ControlOptions, ControlOptions>? options = null)
    {
        var yard = description ?? WorldDescription.Yard();
        World = new YardWorld(yard);
        Body = new RecordingDrive(new SimulatedRover(World, Clock));
        Limits = new EnvelopeOptions { Geofence = [.. yard.Geofence.Select(corner => new Point2D(corner.X, corner.Y))] };
        Limits = limits?.Invoke(Limits) ?? Limits;
        var drive = new ControlOptions { StartPose = World.TruePose };
        Loop = new ControlLoop(Body, Limits, options?.Invoke(drive) ?? drive, Clock);
        TakeLease("rig");
    }

    internal VirtualClock Clock { get; } = new();

    internal YardWorld World { get; }

    internal RecordingDrive Body { get; }

    internal EnvelopeOptions Limits { get; }

    internal ControlLoop Loop { get; }

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

    internal static double Distance(Pose2D a, Pose2D b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));

    internal static double Degrees(double radians) => radians * 180 / Math.PI;
}
