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

namespace EdgeMas.Control.Tests.Drives;

/// <summary>A yard, a rover on whatever wheels and a control loop, stepped by hand on one thread: 10 ms a step.</summary>
internal sealed class WheeledRig
{
    internal static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);

    private readonly MotionLease _lease;

    internal WheeledRig(DriveKind kind, int seed = 1, Func<WorldDescription, WorldDescription>? change = null, Func<EnvelopeOptions, EnvelopeOptions>? limits = null)
    {
        var yard = Yard(kind, seed);
        yard = change?.Invoke(yard) ?? yard;
        World = new YardWorld(yard);
        Body = new RecordingBody(new SimulatedBody(World, Clock));
        Limits = new EnvelopeOptions { MaxWheelSpeed = 26, MaxWheelAcceleration = 60, Geofence = [.. yard.Geofence.Select(corner => new Point2D(corner.X, corner.Y))] };
        Limits = limits?.Invoke(Limits) ?? Limits;
        Loop = new ControlLoop(Body, Limits, new ControlOptions { StartPose = World.TruePose }, Clock);
        Assert.True(Desk.Leases.TryAcquire("rig", out _lease));
    }

    internal VirtualClock Clock { get; } = new();

    internal YardWorld World { get; }

    internal RecordingBody Body { get; }

    internal EnvelopeOptions Limits { get; }

    internal ControlLoop Loop { get; }

    internal MotionDesk Desk => Loop.Desk;

    internal bool FeedsItself { get; set; } = true;

    internal static WorldDescription Yard(DriveKind kind, int seed = 1)
    {
        var yard = WorldDescription.Yard(seed);
        return yard with { Rover = yard.Rover with { Drive = kind } };
    }

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

    internal void Submit(in MotionGoal goal) => Assert.True(Desk.TrySubmit(_lease, goal, out _));

    internal MotionSnapshot Finish(in MotionGoal goal, double limitSeconds = 120)
    {
        Assert.True(Desk.TrySubmit(_lease, goal, out var id));
        for (var i = 0; i < limitSeconds * 100; i++)
        {
            Step();
            if (Desk.Snapshot is var now && now.GoalId == id && now.State != MotionState.Running)
                return now;
        }
        throw new TimeoutException($"{goal} did not end within {limitSeconds} s: {Desk.Snapshot}");
    }
}
