using EdgeMas.Core.Bus;
using EdgeMas.Core.Skills;

namespace EdgeMas.Core.Agents;

/// <summary>
/// A named actor. Its members are called by its owner loop only, one at a time; it needs no locks for its own state. Skill calls run beside the loop.
/// A restart makes a new instance.
/// </summary>
public abstract class Agent
{
    /// <summary>What others can ask of it. Read once, after <see cref="StartAsync"/>.</summary>
    public virtual IReadOnlyList<Skill> Skills => [];

    /// <summary>Topic filters that it listens to beside its inbox. Read once, before <see cref="StartAsync"/>.</summary>
    public virtual IReadOnlyList<string> Subscriptions => [];

    public virtual ValueTask StartAsync(AgentContext context, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Takes one delivery: anything for the inbox that is not a skill call, a cancel or an answer to this agent's own request; and subscribed topics.</summary>
    public virtual ValueTask ReceiveAsync(Delivery delivery, AgentContext context, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public virtual ValueTask StopAsync(AgentContext context, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
