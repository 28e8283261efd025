using EdgeMas.Control.Flight;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Flight;

namespace EdgeMas.Control.Tests.Flight;

/// <summary>A quadrotor in its air and a control loop, stepped by hand on one thread: 4 ms a step.</summary>
internal sealed class FlightRig
{
    internal static readonly TimeSpan Period = TimeSpan.FromMilliseconds(4);

    private MotionLease _lease;

    internal FlightRig(QuadrotorDescription? description = null, Func<FlightLimits, FlightLimits>? limits = null, FlightOptions? options = null)
    {
        World = new QuadrotorWorld(description ?? new QuadrotorDescription());
        Limits = new FlightLimits { Geofence = [new Point2D(0, 0), new Point2D(25, 0), new Point2D(25, 20), new Point2D(0, 20)] };
        Limits = limits?.Invoke(Limits) ?? Limits;
        Body = new RecordingQuadrotor(new SimulatedQuadrotor(World, Clock));
        Loop = new QuadrotorLoop(Body, Limits, options ?? new FlightOptions(), Clock);
        TakeLease("rig");
    }

    internal VirtualClock Clock { get; } = new();

    internal QuadrotorWorld World { get; }

    internal FlightLimits Limits { get; }

    internal RecordingQuadrotor Body { get; }

    internal QuadrotorLoop Loop { get; }

    internal VehicleDesk<FlightGoal, FlightState> Desk => Loop.Desk;

    internal long AllocatedByTicks { get; set; }

    internal bool FeedsItself { get; set; } = true;

    internal Action? EachStep { get; set; }

    internal VehicleSnapshot<FlightState> Now => Desk.Snapshot;

    internal void TakeLease(string holder, MotionPriority priority = MotionPriority.Agent) => Assert.True(Desk.Leases.TryAcquire(holder, out _lease, priority));

    internal void Step()
    {
        World.Step(Period);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Loop.Tick();
        AllocatedByTicks += GC.GetAllocatedBytesForCurrentThread() - before;
        Clock.Advance(Period);
        if (FeedsItself)
            Desk.Leases.Feed(_lease);
        EachStep?.Invoke();
    }

    internal void Run(double seconds)
    {
        for (var i = 0; i < seconds / Period.TotalSeconds; i++)
            Step();
    }

    internal long Submit(in FlightGoal goal)
    {
        Assert.True(Desk.TrySubmit(_lease, goal, out var id));
        return id;
    }

    /// <summary>Works on a goal to its end.</summary>
    internal VehicleSnapshot<FlightState> Finish(in FlightGoal goal, double limitSeconds = 60)
    {
        var id = Submit(goal);
        for (var i = 0; i < limitSeconds / Period.TotalSeconds; i++)
        {
            Step();
            if (Now is var now && now.GoalId == id && now.State != MotionState.Running)
                return now;
        }
        throw new TimeoutException($"{goal} did not end within {limitSeconds} s: {Now}; truth {World.Truth}");
    }

    internal void RunUntil(Func<bool> condition, double limitSeconds = 60)
    {
        for (var i = 0; i < limitSeconds / Period.TotalSeconds; i++)
        {
            if (condition())
                return;
            Step();
        }
        throw new TimeoutException($"it did not come true within {limitSeconds} s: {Now}; truth {World.Truth}");
    }

    /// <summary>Passes everything through and remembers what went to the rotors last.</summary>
    internal sealed class RecordingQuadrotor(IQuadrotor body) : IQuadrotor
    {
        internal RotorSpeeds Rotors { get; private set; }

        internal int Cuts { get; private set; }

        /// <summary>What the next read throws; null for nothing.</summary>
        internal Exception? Trouble { get; set; }

        public QuadrotorGeometry Geometry => body.Geometry;

        public bool TryRead(out QuadrotorSensors sensors) => Trouble is null ? body.TryRead(out sensors) : throw Trouble;

        public bool TrySpin(in RotorSpeeds speeds)
        {
            Rotors = speeds;
            return body.TrySpin(speeds);
        }

        public void Cut()
        {
            Rotors = default;
            Cuts++;
            body.Cut();
        }
    }
}
