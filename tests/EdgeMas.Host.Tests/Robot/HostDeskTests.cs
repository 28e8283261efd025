using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Topics;
using EdgeMas.Host.Robot;
using EdgeMas.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Host.Tests.Robot;

public sealed class HostDeskTests
{
    [Theory]
    [InlineData(true, false, true)]
    [InlineData(true, true, true)]
    [InlineData(false, false, true)]
    [InlineData(false, true, false)]
    public async Task An_agent_is_killed_for_all_but_whoever_writes_on_a_foreign_broker(bool ownsBroker, bool fromBroker, bool killed)
    {
        var topics = new RobotTopics("yard", "rover");
        var bus = new InProcessBus(TimeProvider.System);
        await using var agents = new AgentSystem(topics, bus, new SkillRegistry(), TimeProvider.System, NullLoggerFactory.Instance);
        await agents.StartAsync([new AgentSpec("sleeper", () => new Sleeper())], Until.Deadline());
        using var desk = new HostDesk(topics, bus, agents, ownsBroker, NullLogger.Instance);

        bus.Publish(
            topics.Inbox(HostDesk.Name), new Message { Id = "1", Source = "/test", Type = "test", Time = TimeProvider.System.GetUtcNow(), Data = "kill sleeper" }, fromBroker: fromBroker);
        if (!killed)
            agents.Inject("sleeper", new InvalidOperationException("the only one")); // what had been obeyed would have come before it
        await Until.TrueAsync(() => agents.Snapshot()[0] is { State: "running", Restarts: > 0 });

        Assert.Equal(killed ? "killed by an operator" : "the only one", agents.Snapshot()[0].Reason);
        Assert.Equal(1, agents.Snapshot()[0].Restarts);
    }

    private sealed class Sleeper : Agent;
}
