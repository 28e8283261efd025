using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Skills;

namespace EdgeMas.Control.Vehicles;

/// <summary>An agent that moves a body: it offers skills, sets goals and tells the body's state on <c>motion/base/state</c>; the control loop moves.</summary>
public abstract class BodyAgent : Agent
{
    private readonly CancellationTokenSource _ending = new();
    private Task _work = Task.CompletedTask;
    private IReadOnlyList<Skill> _skills = [];

    private protected BodyAgent()
    {
    }

    public sealed override IReadOnlyList<Skill> Skills => _skills;

    public sealed override ValueTask StartAsync(AgentContext context, CancellationToken cancellationToken)
    {
        (_skills, _work) = Begin(context, _ending.Token);
        return ValueTask.CompletedTask;
    }

    public sealed override ValueTask ReceiveAsync(Delivery delivery, AgentContext context, CancellationToken cancellationToken) =>
        _work.IsFaulted ? new ValueTask(_work) : ValueTask.CompletedTask; // a reporter that died fails its agent

    public sealed override async ValueTask StopAsync(AgentContext context, CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        await _work;
        _ending.Dispose();
    }

    /// <returns>What it offers, and what it does by itself until the token ends it.</returns>
    private protected abstract (IReadOnlyList<Skill> Skills, Task Work) Begin(AgentContext context, CancellationToken ending);
}
