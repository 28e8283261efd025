using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Topics;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Host.Robot;

/// <summary>The host's own inbox, <c>agents/host/inbox</c>: "kill NAME" makes an agent fail, as <c>edgemas agent kill</c> asks. Any thread.</summary>
internal sealed partial class HostDesk : IDeliverySink, IDisposable
{
    public const string Name = "host";

    private const string Kill = "kill ";

    private readonly AgentSystem _agents;
    private readonly ILogger _logger;
    private readonly IDisposable _subscription;

    public HostDesk(RobotTopics topics, IBus bus, AgentSystem agents, ILogger logger)
    {
        _agents = agents;
        _logger = logger;
        _subscription = bus.Subscribe(topics.Inbox(Name), this);
    }

    public bool TryAccept(in Delivery delivery)
    {
        if (delivery.Message.Data is not string text || !text.StartsWith(Kill, StringComparison.Ordinal))
            return true;
        var agent = text[Kill.Length..].Trim();
        if (_agents.Snapshot().Any(report => report.Agent == agent))
            _agents.Inject(agent, new InvalidOperationException("killed by an operator"));
        else
            LogUnknown(_logger, agent.Length > 64 ? agent[..64] : agent);
        return true;
    }

    public void Dispose() => _subscription.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "asked to kill agent '{Agent}', which does not exist")]
    private static partial void LogUnknown(ILogger logger, string agent);
}
