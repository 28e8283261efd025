using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;

namespace EdgeMas.Host.Robot;

/// <summary>An agent whose skills are open to the sources that the robot's configuration names, instead of its own choice.</summary>
internal sealed class OpenedAgent(Agent agent, IReadOnlyDictionary<string, Taint> openTo) : Agent
{
    private IReadOnlyList<Skill>? _skills;

    public override IReadOnlyList<Skill> Skills => _skills ??= [.. agent.Skills.Select(Open)];

    public override IReadOnlyList<string> Subscriptions => agent.Subscriptions;

    public override ValueTask StartAsync(AgentContext context, CancellationToken cancellationToken) => agent.StartAsync(context, cancellationToken);

    public override ValueTask ReceiveAsync(Delivery delivery, AgentContext context, CancellationToken cancellationToken) => agent.ReceiveAsync(delivery, context, cancellationToken);

    public override ValueTask StopAsync(AgentContext context, CancellationToken cancellationToken) => agent.StopAsync(context, cancellationToken);

    private Skill Open(Skill skill)
    {
        var own = skill.Descriptor;
        if (!openTo.TryGetValue(own.Name, out var sources))
            return skill;
        var opened = new SkillDescriptor(own.Name, own.Description, own.ParametersSchema)
        {
            Safety = own.Safety,
            OpenTo = sources,
            TypicalDuration = own.TypicalDuration,
            TimeLimit = own.TimeLimit,
            IsSearch = own.IsSearch,
            Phrases = own.Phrases,
            Preempts = own.Preempts,
        };
        return skill with { Descriptor = opened };
    }
}
