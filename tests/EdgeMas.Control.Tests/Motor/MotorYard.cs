using System.Text.Json;
using EdgeMas.Control.Desk;
using EdgeMas.Control.Envelope;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Motor;
using EdgeMas.Control.Stopping;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Time;
using EdgeMas.Core.Topics;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Description;
using EdgeMas.Simulation.Rover;
using EdgeMas.Simulation.Running;
using EdgeMas.Simulation.World;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Control.Tests.Motor;

/// <summary>A whole robot but for its mind: yard, clock as fast as possible, control loop, bus, and an agent system with the motor agent and a caller.</summary>
internal sealed class MotorYard : IAsyncDisposable
{
    /// <summary>A drive's computing takes a second; a machine on which everything else runs too may take a minute.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly SimulationRunner _runner;
    private readonly Caller _caller = new();
    private readonly EStopListener _stopping;
    private TaskCompletionSource? _driving;

    private MotorYard(WorldDescription yard, MotorOptions options)
    {
        World = new YardWorld(yard);
        var limits = new EnvelopeOptions { Geofence = [.. yard.Geofence.Select(corner => new Point2D(corner.X, corner.Y))] };
        Loop = yard.Rover.Drive == DriveKind.Differential
            ? new ControlLoop(new SimulatedRover(World, Clock), limits, new ControlOptions { StartPose = World.TruePose }, Clock)
            : new ControlLoop(new SimulatedBody(World, Clock), limits, new ControlOptions { StartPose = World.TruePose }, Clock);
        Options = options;
        Bus = new InProcessBus(Clock);
        _stopping = new EStopListener(Bus, Topics.EStop, Desk.EmergencyStop);
        System = new AgentSystem(Topics, Bus, Registry, Clock, NullLoggerFactory.Instance);
        _runner = new SimulationRunner(World, Clock, Tick, () => Desk.Snapshot.IsMoving);
        Registry.SetPlaces([.. options.Places.Select(place => place.Name), .. options.Dock is { } dock ? [dock.Name] : Array.Empty<string>()]);
    }

    internal VirtualClock Clock { get; } = new() { Speed = double.PositiveInfinity };

    internal YardWorld World { get; }

    /// <summary>The rover's highest speed of any step so far, in metres a second.</summary>
    internal double Fastest { get; private set; }

    internal ControlLoop Loop { get; }

    internal MotionDesk Desk => Loop.Desk;

    internal MotorOptions Options { get; }

    internal InProcessBus Bus { get; }

    internal RobotTopics Topics { get; } = new("yard", "rover");

    internal SkillRegistry Registry { get; } = new();

    internal AgentSystem System { get; }

    internal static async Task<MotorYard> StartAsync(WorldDescription? description = null, Func<MotorOptions, MotorOptions>? options = null, Func<ITimeBrake, ITimeBrake>? brake = null)
    {
        var yard = description ?? WorldDescription.Yard();
        var motor = new MotorOptions { Places = [.. yard.Places.Select(Place)], Dock = Place(yard.Dock) };
        var robot = new MotorYard(yard, options?.Invoke(motor) ?? motor);
        var agents = new[]
        {
            new AgentSpec("motor", () => new MotorAgent(robot.Desk, robot.Options, brake?.Invoke(robot.Clock) ?? robot.Clock)),
            new AgentSpec("caller", () => robot._caller),
        };
        await robot.System.StartAsync(agents, TestContext.Current.CancellationToken);
        robot._runner.Start();
        return robot;

        static MotorPlace Place(PlaceDescription place) => new(place.Name, place.At.X, place.At.Y, place.HeadingDeg * Math.PI / 180);
    }

    internal async Task<SkillOutcome> CallAsync(
        string skill, string arguments = "{}", Taint taint = Taint.None, Action<SkillProgress>? onProgress = null, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(arguments);
        var reply = await _caller.Context!.CallSkillAsync(skill, document.RootElement.Clone(), null, taint, onProgress, limit.Token).AsTask().WaitAsync(Patience);
        return reply.Outcome;
    }

    internal void Publish(string topic, object? data, Taint taint = Taint.None, bool fromBroker = false) => Bus.Publish(
        topic,
        new Message { Id = Guid.NewGuid().ToString("N"), Source = "/test", Type = "test", Time = Clock.GetUtcNow(), Data = data, Taint = taint },
        fromBroker: fromBroker);

    /// <summary>
    /// Waits until the rover drives, and from that very step keeps to real time until the answer is disposed of: as fast as possible, a whole drive could pass between
    /// two looks of a test.
    /// </summary>
    internal async Task<IDisposable> WhileDrivingAsync()
    {
        var driving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _driving, driving);
        if (await Task.WhenAny(driving.Task, _runner.Completion, Task.Delay(Patience, TimeProvider.System)) != driving.Task)
            Assert.Fail($"the rover does not drive after {Patience.TotalSeconds} s: {Desk.Snapshot}; virtual time {Clock.Elapsed}, held {Clock.IsHeld}, lease of '{Desk.Leases.Holder}', simulation {_runner.Completion.Status} {_runner.Completion.Exception}");
        return new RealTime(Clock);
    }

    /// <summary>Waits in real time for something to become true.</summary>
    internal static async Task UntilAsync(Func<bool> condition, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                Assert.Fail($"it did not come true within {Patience.TotalSeconds} s: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await System.DisposeAsync();
        _stopping.Dispose();
        _runner.Dispose();
        await _runner.Completion;
    }

    private void Tick()
    {
        Loop.Tick();
        Fastest = Math.Max(Fastest, World.State.Speed);
        if (World.State.Speed > 0.5 && Interlocked.Exchange(ref _driving, null) is { } driving)
        {
            Clock.Speed = 1;
            driving.SetResult();
        }
    }

    private sealed class RealTime(VirtualClock clock) : IDisposable
    {
        public void Dispose() => clock.Speed = double.PositiveInfinity;
    }

    private sealed class Caller : Agent
    {
        internal AgentContext? Context { get; private set; }

        public override ValueTask StartAsync(AgentContext context, CancellationToken cancellationToken)
        {
            Context = context;
            return ValueTask.CompletedTask;
        }
    }
}
