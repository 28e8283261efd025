using EdgeMas.Control.Process;
using EdgeMas.Control.Stopping;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Models;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Topics;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Terminal;
using EdgeMas.Recording.Missions;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Host.Robot;

/// <summary>
/// One robot, put together: bus, broker, body, model, agents. Started in the order in which each part needs the one before, stopped in the reverse:
/// the body is braked first, the outside is told last.
/// </summary>
internal sealed class RobotHost : IAsyncDisposable
{
    private static readonly TimeSpan BrokerPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LandPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly FileLog _log;
    private readonly ILanguageModel _model;
    private readonly SqliteMissionStore _store;
    private readonly HealthBeat _health;
    private readonly HostDesk _desk;
    private readonly EStopListener _stopping;
    private readonly GnssBeat? _gnss;
    private bool _disposed;

    private RobotHost(
        RobotConfiguration configuration, RobotTopics topics, IBus bus, DataFolders folders, FileLog log, RobotYard yard, BrokerSide broker, ILanguageModel model,
        SqliteMissionStore store, AgentSystem agents, SkillRegistry registry, Crew crew, Hearing hearing, EStopListener stopping, GnssBeat? gnss)
    {
        (Configuration, Topics, Bus, Folders, Yard, Broker, Agents, Registry) = (configuration, topics, bus, folders, yard, broker, agents, registry);
        (_log, _model, _store, Hearing, _stopping, _gnss) = (log, model, store, hearing, stopping, gnss);
        Spoken = new SpokenOrders(topics, bus);
        LeftOut = crew.LeftOut;
        Orders = new OrderDesk(topics, bus, yard.Clock);
        Calls = new CallDesk(topics, bus, registry, yard.Clock);
        TruthAtStart = yard.Truth;
        _desk = new HostDesk(topics, bus, agents, ownsBroker: broker.Broker is not null, log.CreateLogger("host"));
        _health = new HealthBeat(topics, bus, model, TimeProvider.System, yard.Clock, () => broker.Link.IsConnected, () => Degraded(LeftOut, gnss?.Trouble is { } trouble ? [.. yard.Troubles, $"GNSS receiver: {trouble}"] : yard.Troubles));
    }

    public RobotConfiguration Configuration { get; }

    public RobotTopics Topics { get; }

    public IBus Bus { get; }

    public DataFolders Folders { get; }

    public RobotYard Yard { get; }

    public BrokerSide Broker { get; }

    public AgentSystem Agents { get; }

    public SkillRegistry Registry { get; }

    public OrderDesk Orders { get; }

    public CallDesk Calls { get; }

    public Hearing Hearing { get; }

    public SpokenOrders Spoken { get; }

    /// <summary>What this machine cannot run, one line each.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    public Pose2D TruthAtStart { get; }

    /// <summary>Missions that a process before this one left without an end, as it left them.</summary>
    public IReadOnlyList<Mission> LeftMissions { get; private init; } = [];

    /// <param name="watch">Gets everything on the bus from the start.</param>
    /// <param name="microphone">ALSA device to listen to; null for none, empty for the configured one.</param>
    /// <param name="loadModel">Gives the model that all agents share.</param>
    public static async Task<RobotHost> StartAsync(
        RobotConfiguration configuration, IDeliverySink watch, Func<ILogger, CancellationToken, Task<(ILanguageModel Model, PromptStyle Style)>> loadModel,
        Action<LogLevel, string> warned, string? microphone, CancellationToken cancellationToken)
    {
        await using var undo = new StartedParts();
        var topics = new RobotTopics(configuration.Fleet, configuration.Robot);
        var now = TimeProvider.System.GetUtcNow();
        var folders = undo.Add(DataFolders.Open(configuration.DataDirectory, now));
        var log = undo.Add(new FileLog(folders.Log, TimeProvider.System, configuration.Limits.EventLogBytes));
        log.Warned += warned;
        var hostLog = log.CreateLogger("host");
        var yard = undo.Add(RobotYard.Open(configuration, folders, now, line => LogCore(hostLog, line, null)));
        if (configuration.HasDevices && !RobotYard.ChipsInOwnProcess(configuration))
            (configuration.QuadrotorBody is not null ? LogUnwatchedQuadrotor : configuration.ArmBody is null ? LogUnwatched : LogUnwatchedArm)(hostLog, null);
        else if (configuration.HasDevices && CoreProcess.FindNative() is null)
            LogNotNative(hostLog, null);
        var bus = new InProcessBus(yard.Clock, log.CreateLogger("bus"));
        var stopping = undo.Add(new EStopListener(bus, topics.EStop, yard.EmergencyStop)); // before anything that could publish, and after all agents
        bus.Subscribe($"{topics.Root}/#", watch);
        var (model, style) = await loadModel(log.CreateLogger("model"), cancellationToken);
        undo.Add(model);
        var store = undo.Add(new SqliteMissionStore(folders.Missions));
        var left = store.Unfinished();
        var broker = undo.Add(await BrokerSide.StartAsync(configuration, topics, bus, folders, log, BrokerPatience, cancellationToken));
        var registry = new SkillRegistry();
        registry.SetPlaces([.. configuration.World.Places.Select(place => place.Name), configuration.World.Dock.Name]);
        var agents = undo.Add(new AgentSystem(topics, bus, registry, yard.Clock, log));
        agents.Escalated += (agent, error) =>
        {
            yard.EmergencyStop.Engage(EStopReason.Supervisor);
            bus.Publish(topics.EStop, EStopMessage(yard, engage: true, $"agent '{agent}' failed for good: {error.Message}"), Qos.AtLeastOnce);
        };
        var hearing = undo.Add(Hearing.Open(configuration, topics, folders, microphone, yard.TimeBrake, log));
        var gnss = configuration.Gnss is { } receiver ? undo.Add(new GnssBeat(topics, bus, receiver.Wiring, TimeProvider.System)) : null;
        var crew = new Crew(configuration, topics, yard, model, style, store, folders, hearing);
        var specs = crew.Specs();
        yard.Start();
        await agents.StartAsync(specs, cancellationToken);
        var host = new RobotHost(configuration, topics, bus, folders, log, yard, broker, model, store, agents, registry, crew, hearing, stopping, gnss) { LeftMissions = left };
        undo.Keep();
        return host;
    }

    public RunFigures Figures() => new(
        $"{Topics.Fleet}/{Topics.Robot}", _model.Info.Name, _model.Counters, Bus.Counters, Broker.Link.Counters, Broker.Link.Endpoint, Broker.Link.IsConnected,
        Configuration.Clock, Yard.Elapsed);

    /// <summary>Brakes at once and stays braked, whatever else is going on. Any thread.</summary>
    public void EmergencyStop(string reason)
    {
        Yard.EmergencyStop.Engage(EStopReason.Operator);
        Bus.Publish(Topics.EStop, EStopMessage(Yard, engage: true, reason), Qos.AtLeastOnce);
    }

    public void ReleaseEmergencyStop()
    {
        Yard.EmergencyStop.Release();
        Bus.Publish(Topics.EStop, EStopMessage(Yard, engage: false, "released at the console"), Qos.AtLeastOnce);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        using var limit = new CancellationTokenSource(StopPatience, TimeProvider.System);
        try
        {
            await Agents.StopAsync(limit.Token); // the coordinator ends its mission and stores it; the motor brakes
        }
        catch (OperationCanceledException)
        {
            LogStuck(_log.CreateLogger("host"), StopPatience.TotalSeconds, null);
        }
        Yard.EmergencyStop.Engage(EStopReason.Shutdown);
        await LandAsync();
        _stopping.Dispose();
        await _health.DisposeAsync();
        if (_gnss is not null)
            await _gnss.DisposeAsync();
        _desk.Dispose();
        Orders.Dispose();
        Calls.Dispose();
        Spoken.Dispose();
        await Hearing.DisposeAsync();
        await Broker.DisposeAsync();
        Yard.Dispose();
        await _model.DisposeAsync();
        _store.Dispose();
        _log.Dispose();
        Folders.Dispose();
    }

    /// <summary>The emergency stop brings down what flies; its control loop has to run until then.</summary>
    private async Task LandAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!Yard.IsAtRest)
        {
            if (TimeProvider.System.GetElapsedTime(began) > LandPatience)
            {
                LogAloft(_log.CreateLogger("host"), LandPatience.TotalSeconds, null);
                return;
            }
            await Task.Delay(BetweenLooks, TimeProvider.System);
        }
    }

    private static readonly Action<ILogger, double, Exception?> LogAloft =
        LoggerMessage.Define<double>(LogLevel.Error, new EventId(5), "the vehicle has not landed within {Seconds} s; the process ends, and with it its control loop");

    private static readonly Action<ILogger, double, Exception?> LogStuck =
        LoggerMessage.Define<double>(LogLevel.Error, new EventId(1), "the agents did not stop within {Seconds} s; the robot is braked and the process ends");

    private static readonly Action<ILogger, Exception?> LogUnwatched =
        LoggerMessage.Define(LogLevel.Warning, new EventId(2), "the motors' drivers live in this process: killed, it leaves the motors as they are. Build edgemas-control (scripts/setup.sh --control) and leave 'mode: inside' out, or have a switch at hand that cuts their supply");

    private static readonly Action<ILogger, Exception?> LogNotNative =
        LoggerMessage.Define(LogLevel.Warning, new EventId(3), "edgemas-control is not built as a native program and runs on .NET's own runtime, which collects garbage and needs more memory: scripts/setup.sh --control builds it");

    private static readonly Action<ILogger, Exception?> LogUnwatchedArm =
        LoggerMessage.Define(LogLevel.Warning, new EventId(6), "the servos' driver lives in this process: killed, it leaves them holding where they were told to be, and no emergency stop of its own reaches them until the next start. Build edgemas-control (scripts/setup.sh --control) and leave 'mode: inside' out, or have a switch at hand that cuts their supply");

    private static readonly Action<ILogger, Exception?> LogUnwatchedQuadrotor =
        LoggerMessage.Define(LogLevel.Warning, new EventId(7), "the rotors' driver lives in this process: killed in the air, it leaves them turning unless a resistor pulls the PCA9685's OE up. Build edgemas-control (scripts/setup.sh --control) and leave 'mode: inside' out, or have a way at hand that cuts their supply");

    private static readonly Action<ILogger, string, Exception?> LogCore = LoggerMessage.Define<string>(LogLevel.Error, new EventId(4), "{Line}");

    private static string? Degraded(IReadOnlyList<string> leftOut, IReadOnlyList<string> troubles) =>
        leftOut.Count + troubles.Count == 0 ? null : string.Join("; ", leftOut.Concat(troubles));

    private static Message EStopMessage(RobotYard yard, bool engage, string reason) => new()
    {
        Id = MessageIds.Next(),
        Source = "/host",
        Type = MessageTypes.EStopRequest,
        Time = yard.Clock.GetUtcNow(),
        Data = new EStopRequest(engage, reason),
        Priority = MessagePriority.Safety,
    };
}
