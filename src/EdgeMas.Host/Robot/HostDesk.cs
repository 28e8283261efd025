using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Topics;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Host.Robot;

/// <summary>The host's own inbox, <c>agents/host/inbox</c>: "kill NAME" makes an agent fail, as <c>edgemas agent kill</c> asks. Any thread.</summary>
/// <remarks>What a broker brings is obeyed only where this robot runs the broker and its access list: whoever may publish on a foreign one is not an operator.</remarks>
internal sealed partial class HostDesk : IDeliverySink, IDisposable
{
    public const string Name = "host";

    private const string Kill = "kill ";

    private readonly AgentSystem _agents;
    private readonly bool _ownsBroker;
    private readonly ILogger _logger;
    private readonly IDisposable _subscription;

    public HostDesk(RobotTopics topics, IBus bus, AgentSystem agents, bool ownsBroker, ILogger logger)
    {
        _agents = agents;
        _ownsBroker = ownsBroker;
        _logger = logger;
        _subscription = bus.Subscribe(topics.Inbox(Name), this);
    }

    public bool TryAccept(in Delivery delivery)
    {
        if (delivery.Message.Data is not string text || !text.StartsWith(Kill, StringComparison.Ordinal))
            return true;
        var agent = text[Kill.Length..].Trim();
        if (delivery.FromBroker && !_ownsBroker)
            LogForeign(_logger, Shorten(agent));
        else if (_agents.Snapshot().Any(report => report.Agent == agent))
            _agents.Inject(agent, new InvalidOperationException("killed by an operator"));
        else
            LogUnknown(_logger, Shorten(agent));
        return true;
    }

    public void Dispose() => _subscription.Dispose();

    private static string Shorten(string agent) => agent.Length > 64 ? agent[..64] : agent;

    [LoggerMessage(Level = LogLevel.Warning, Message = "asked through a broker that this robot does not run to kill agent '{Agent}': not obeyed")]
    private static partial void LogForeign(ILogger logger, string agent);

    [LoggerMessage(Level = LogLevel.Warning, Message = "asked to kill agent '{Agent}', which does not exist")]
    private static partial void LogUnknown(ILogger logger, string agent);
}
