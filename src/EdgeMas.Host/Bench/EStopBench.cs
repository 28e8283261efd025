using System.Text.Json.Nodes;
using EdgeMas.Control.Envelope;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Stopping;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Simulation.Rover;

namespace EdgeMas.Host.Bench;

/// <summary>From the request of an emergency stop to the body's brakes.</summary>
internal sealed class EStopBench(int count, bool load, int? processor)
{
    private const int RateHz = 1000;
    private const string Topic = "estop";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="IOException">The core does not start.</exception>
    /// <exception cref="TimeoutException">A stop did not come through.</exception>
    public async Task<JsonObject> RunAsync(CancellationToken cancellationToken)
    {
        using var robot = new BenchRobot(RateHz, processor);
        using var busy = load ? new BusyLoad() : null;
        return await Task.Run(
            () => new JsonObject
            {
                ["count"] = count,
                ["load"] = load ? $"{Environment.ProcessorCount} busy threads in the host" : "none",
                ["in_process"] = ControlBench.Describe(MeasureHere(static (loop, _) => loop.Desk.EmergencyStop.Engage(EStopReason.Api), cancellationToken)),
                ["topic"] = ControlBench.Describe(MeasureHere(static (_, bus) => bus.Publish(Topic, Request(), Qos.AtLeastOnce), cancellationToken)),
                ["own_process"] = ControlBench.Describe(MeasureAcross(robot, cancellationToken)),
            },
            cancellationToken);
    }

    private LatenessReport MeasureHere(Action<ControlLoop, IBus> engage, CancellationToken cancellationToken)
    {
        var body = new StandingBody(TimeProvider.System);
        var loop = new ControlLoop(body, new EnvelopeOptions(), new ControlOptions(), TimeProvider.System);
        using var thread = new ControlThread(loop, TimeSpan.FromMilliseconds(1));
        var bus = new InProcessBus(TimeProvider.System);
        using var listener = new EStopListener(bus, Topic, loop.Desk.EmergencyStop);
        thread.Start();
        return Measure(
            () => engage(loop, bus), () => body.IsBraked, () => body.BrakedAt, loop.Desk.EmergencyStop, cancellationToken);
    }

    private LatenessReport MeasureAcross(BenchRobot robot, CancellationToken cancellationToken) => Measure(
        () => robot.Desk.EmergencyStop.Engage(EStopReason.Api), () => robot.Body.IsBraked, () => robot.Body.BrakedAt, robot.Desk.EmergencyStop, cancellationToken);

    private LatenessReport Measure(Action engage, Func<bool> isBraked, Func<long> brakedAt, EmergencyStop stop, CancellationToken cancellationToken)
    {
        var latency = new LatenessHistogram();
        var random = new Random(1);
        using var pause = new ManualResetEventSlim();
        for (var i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Wait(pause, () => !isBraked(), "the loop does not drive");
            pause.Wait(TimeSpan.FromMicroseconds(random.Next(0, 5000)), cancellationToken);
            var began = TimeProvider.System.GetTimestamp();
            engage();
            Wait(pause, () => isBraked() && brakedAt() >= began, "an emergency stop did not reach the body");
            latency.Add((long)TimeProvider.System.GetElapsedTime(began, brakedAt()).TotalNanoseconds);
            stop.Release();
        }
        return latency.Read();
    }

    private static void Wait(ManualResetEventSlim pause, Func<bool> condition, string failure)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"{failure} within {Patience.TotalSeconds:0} s");
            pause.Wait(TimeSpan.FromMilliseconds(1));
        }
    }

    private static Message Request() => new()
    {
        Id = MessageIds.Next(), Source = "/bench", Type = MessageTypes.EStopRequest, Time = TimeProvider.System.GetUtcNow(), Data = new EStopRequest(true, "bench"), Priority = MessagePriority.Safety,
    };
}
