using System.Collections.Frozen;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Mailbox;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Topics;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Core.Agents;

/// <summary>
/// Runs a robot's agents: each has a mailbox, an owner loop and a supervisor that restarts it by its policy, and its skills can be called over the bus.
/// <see cref="StartAsync"/> once; the other members from any thread.
/// </summary>
public sealed class AgentSystem : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CellServices _services;
    private readonly ILogger _logger;
    private FrozenDictionary<string, AgentCell> _cells = FrozenDictionary<string, AgentCell>.Empty;
    private AgentCell[] _inOrder = [];
    private Task[] _loops = [];
    private int _started;
    private Task? _stopping;

    /// <param name="registry">Gets the agents' skills while they run.</param>
    public AgentSystem(RobotTopics topics, IBus bus, SkillRegistry registry, TimeProvider time, ILoggerFactory loggers)
    {
        _services = new CellServices(topics, bus, registry, time, agent => _cells.ContainsKey(agent));
        _logger = loggers.CreateLogger<AgentSystem>();
    }

    /// <summary>An agent failed for good, or its policy hands every failure up: its name and the error. Raised on the agent's loop; keep it short.</summary>
    public event Action<string, Exception>? Escalated;

    /// <summary>Starts all agents side by side and returns when each runs or has failed its first start; <see cref="Snapshot"/> tells which.</summary>
    /// <exception cref="ArgumentException">Two agents have the same name.</exception>
    /// <exception cref="FormatException">A name is not one topic level.</exception>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public async Task StartAsync(IReadOnlyList<AgentSpec> agents, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
            throw new InvalidOperationException("An agent system is started once: make a new one.");
        if (agents.GroupBy(agent => agent.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"two agents are named '{twice.Key}': give each its own name", nameof(agents));
        _inOrder = [.. agents.Select(spec => new AgentCell(spec, _services, _logger, Escalate))];
        _cells = _inOrder.ToFrozenDictionary(cell => cell.Name, StringComparer.Ordinal);
        _loops = [.. _inOrder.Select(cell => cell.Launch())];
        await Task.WhenAll(_inOrder.Select(cell => cell.FirstAttempt)).WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Stops the agents one after the other, the last in the list first, so that who asks ends before who serves: running calls are cancelled and answered,
    /// then the agent gets its <see cref="Agent.StopAsync"/>, a few seconds at most. May be called again.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the rest is told to stop all at once and not waited for.</exception>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task stopping;
        lock (_lock)
            stopping = _stopping ??= StopInTurnAsync();
        try
        {
            await stopping.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            foreach (var cell in _inOrder)
                cell.Post(new CellCommand.Stop());
            throw;
        }
    }

    /// <summary>Every agent's state, in the order in which they were given.</summary>
    public IReadOnlyList<AgentReport> Snapshot() => [.. _inOrder.Select(cell => cell.Report)];

    /// <summary>Makes an agent fail as if its code had thrown the error; a handler that runs is cancelled first.</summary>
    /// <exception cref="ArgumentException">There is no agent of that name.</exception>
    public void Inject(string agent, Exception error)
    {
        if (!_cells.TryGetValue(agent, out var cell))
            throw new ArgumentException($"there is no agent '{agent}'; there are {string.Join(", ", _inOrder.Select(known => known.Name))}", nameof(agent));
        cell.Inject(error);
    }

    private async Task StopInTurnAsync()
    {
        for (var i = _loops.Length - 1; i >= 0; i--)
        {
            _inOrder[i].Post(new CellCommand.Stop());
            await _loops[i];
        }
    }

    private void Escalate(string agent, Exception error)
    {
        try
        {
            Escalated?.Invoke(agent, error);
        }
#pragma warning disable CA1031 // the owner's handler must not end the loop of an agent that is to be stopped later
        catch (Exception trouble)
#pragma warning restore CA1031
        {
            CellLog.EscalationFailed(_logger, agent, trouble);
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);
}
