using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Supervision;
using EdgeMas.Core.Topics;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Core.Tests.Agents;

/// <summary>An agent system on a bus of its own, with an agent "asker" to ask the others from.</summary>
internal sealed class TestRobot : IAsyncDisposable
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ScriptedAgent _asker = new();
    private readonly BusQueue _states = new(1_024, OverflowPolicy.Refuse);

    private TestRobot(TimeProvider time)
    {
        Bus = new InProcessBus(time);
        System = new AgentSystem(Topics, Bus, Registry, time, NullLoggerFactory.Instance);
        Bus.Subscribe($"{Topics.Root}/agents/+/state", _states);
    }

    internal RobotTopics Topics { get; } = new("yard", "rover");

    internal InProcessBus Bus { get; }

    internal SkillRegistry Registry { get; } = new();

    internal AgentSystem System { get; }

    internal AgentContext Asker => _asker.Context;

    internal static async Task<TestRobot> StartAsync(TimeProvider time, params AgentSpec[] specs)
    {
        var robot = new TestRobot(time);
        await robot.System.StartAsync([new AgentSpec("asker", () => robot._asker), .. specs], CancellationToken.None).WaitAsync(Patience);
        return robot;
    }

    internal static Task<TestRobot> StartAsync(params AgentSpec[] specs) => StartAsync(TimeProvider.System, specs);

    internal static AgentSpec Spec(string name, Agent agent, SupervisorDecision onFailure = SupervisorDecision.Restart) => Spec(name, () => agent, onFailure);

    internal static AgentSpec Spec(string name, Func<Agent> create, SupervisorDecision onFailure = SupervisorDecision.Restart, int maxRestarts = 5) =>
        new(name, create) { Restart = new RestartPolicy(onFailure, maxRestarts, TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(10)) };

    internal async Task<SkillOutcome> CallAsync(string skill, string arguments = "{}", Taint taint = Taint.None, Action<SkillProgress>? onProgress = null, CancellationToken token = default) =>
        (await Asker.CallSkillAsync(skill, ScriptedAgent.Json(arguments), null, taint, onProgress, token).AsTask().WaitAsync(Patience)).Outcome;

    internal Task<Message> AskAsync(string agent, object data, CancellationToken token = default) =>
        Asker.RequestAsync(agent, "test.question", data, TimeSpan.FromSeconds(5), Taint.None, null, token).AsTask().WaitAsync(Patience);

    internal AgentReport Report(string agent) => System.Snapshot().Single(report => report.Agent == agent);

    /// <summary>Reads the state topic until the agent is in that state.</summary>
    internal async Task<AgentReport> UntilAsync(string agent, string state, int restarts = 0)
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var delivery in _states.ReadAllAsync(patience.Token))
        {
            if (delivery.Message.Data is AgentReport report && report.Agent == agent && report.State == state && report.Restarts >= restarts)
                return report;
        }
        throw new InvalidOperationException("the queue ended");
    }

    public async ValueTask DisposeAsync() => await System.DisposeAsync().AsTask().WaitAsync(Patience);
}
