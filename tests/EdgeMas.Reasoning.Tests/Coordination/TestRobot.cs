using System.Collections.Concurrent;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Models;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Time;
using EdgeMas.Core.Topics;
using EdgeMas.Grammar.Constraints;
using EdgeMas.Reasoning.Coordination;
using EdgeMas.Reasoning.Criticism;
using EdgeMas.Reasoning.Planning;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Reasoning.Tests.Coordination;

/// <summary>Coordinator, planner and critic on a real bus and agent system, with a body whose skills do what a test says.</summary>
internal sealed class TestRobot : IAsyncDisposable
{
    internal static readonly RobotTopics Topics = new("yard", "rover");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly AgentSystem _agents;
    private readonly BusQueue _queue = new(4_096, OverflowPolicy.Refuse);
    private readonly ConcurrentQueue<Delivery> _seen = new();
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Task _reader;
    private int _orders;

    private TestRobot(TimeProvider time)
    {
        Bus = new InProcessBus(time);
        Registry.SetPlaces(RoverSkills.Places);
        Bus.Subscribe($"{Topics.Root}/#", _queue);
        _agents = new AgentSystem(Topics, Bus, Registry, time, NullLoggerFactory.Instance);
        _reader = ReadAsync();
    }

    internal InProcessBus Bus { get; }

    internal SkillRegistry Registry { get; } = new();

    internal AgentSystem Agents => _agents;

    internal ConcurrentQueue<string> Calls { get; } = new();

    internal IReadOnlyList<Delivery> Seen => [.. _seen];

    internal static async Task<TestRobot> StartAsync(
        ILanguageModel model, IMissionStore? store = null, Func<SkillCall, string, CancellationToken, ValueTask<SkillOutcome>>? body = null,
        Func<CoordinatorOptions, CoordinatorOptions>? configure = null, PromptStyle style = PromptStyle.PlannerChatMl, CriticOptions? critic = null, ITimeBrake? brake = null)
    {
        var robot = new TestRobot(TimeProvider.System);
        var options = new CoordinatorOptions { Topics = Topics };
        var planner = new Planner(model, GrammarConstraints.For(model), style, PlannerOptions.Default);
        var missions = store ?? new MissionList();
        await robot._agents.StartAsync(
            [
                new AgentSpec("body", () => new Body(robot, body ?? Succeed)),
                new AgentSpec("planner", () => new PlannerAgent(planner, brake ?? NoTimeBrake.Instance)),
                new AgentSpec("critic", () => new CriticAgent(critic ?? new CriticOptions { Topics = Topics })),
                new AgentSpec("coordinator", () => new CoordinatorAgent(missions, configure?.Invoke(options) ?? options)),
            ],
            CancellationToken.None);
        return robot;
    }

    internal static ValueTask<SkillOutcome> Succeed(SkillCall call, string skill, CancellationToken token) => ValueTask.FromResult(SkillOutcome.Done($"did {skill}"));

    /// <summary>Publishes an order as a console would.</summary>
    internal string Order(object data, Taint taint = Taint.None, bool fromBroker = false)
    {
        var id = $"order-{Interlocked.Increment(ref _orders)}";
        Publish(Topics.Orders, MessageTypes.OrderRequest, data is string text && !fromBroker ? new OrderRequest(text, "console") : data, id, taint, fromBroker);
        return id;
    }

    internal void Publish(string topic, string type, object? data, string? id = null, Taint taint = Taint.None, bool fromBroker = false, Performative performative = Performative.Inform, string? correlation = null) =>
        Bus.Publish(
            topic,
            new Message
            {
                Id = id ?? Guid.NewGuid().ToString("N"), Source = "/test", Type = type, Time = DateTimeOffset.UnixEpoch, Data = data, Taint = taint,
                Performative = performative, CorrelationId = correlation,
            },
            Qos.AtLeastOnce, fromBroker: fromBroker);

    /// <summary>The mission that an order led to, at its end.</summary>
    internal async Task<Mission> EndAsync(string order) => (Mission)(await WaitAsync(delivery => delivery.Message.CorrelationId == order && delivery.Message.Data is Mission { HasEnded: true })).Message.Data!;

    internal async Task<Mission> RunAsync(string text, Taint taint = Taint.None) => await EndAsync(Order(text, taint));

    internal async Task<string> SpokenAsync(string part) => ((SayRequest)(await WaitAsync(delivery => delivery.Message.Data is SayRequest say && say.Text.Contains(part, StringComparison.Ordinal))).Message.Data!).Text;

    internal async Task<Delivery> WaitAsync(Func<Delivery, bool> wanted)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            foreach (var delivery in _seen)
            {
                if (wanted(delivery))
                    return delivery;
            }
            await _arrived.WaitAsync(TimeSpan.FromMilliseconds(20), limit.Token); // what is wanted may also depend on the body's calls
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _agents.DisposeAsync();
        await _end.CancelAsync();
        await _reader.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
        _arrived.Dispose();
    }

    private async Task ReadAsync()
    {
        await foreach (var delivery in _queue.ReadAllAsync(_end.Token))
        {
            _seen.Enqueue(delivery);
            _arrived.Release();
        }
    }

    private sealed class Body(TestRobot robot, Func<SkillCall, string, CancellationToken, ValueTask<SkillOutcome>> act) : Agent
    {
        public override IReadOnlyList<Skill> Skills => [.. RoverSkills.All.Select(skill => new Skill(skill, (call, token) =>
        {
            robot.Calls.Enqueue($"{skill.Name} {call.Arguments.GetRawText()}");
            return act(call, skill.Name, token);
        }))];
    }
}
