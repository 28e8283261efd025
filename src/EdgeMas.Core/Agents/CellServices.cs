using EdgeMas.Core.Bus;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Topics;

namespace EdgeMas.Core.Agents;

/// <summary>What all cells of one agent system share.</summary>
/// <param name="Knows">Whether an agent of that name is part of the system, running or not.</param>
internal sealed record CellServices(RobotTopics Topics, IBus Bus, SkillRegistry Registry, TimeProvider Time, Func<string, bool> Knows)
{
    /// <summary>How long something that was cancelled may take to end.</summary>
    internal static TimeSpan Grace { get; } = TimeSpan.FromSeconds(2);

    internal Message NewMessage(string agent, string type, object? data, Performative performative) => new()
    {
        Id = MessageIds.Next(),
        Source = AgentAddress.SourceOf(agent),
        Type = type,
        Time = Time.GetUtcNow(),
        DataContentType = data is string ? "text/plain" : "application/json",
        Data = data,
        Performative = performative,
    };

    /// <summary>Sends an answer to the asker's inbox. An asker that is no agent of this robot has none.</summary>
    internal void Answer(string agent, Message request, string type, object? data, Performative performative)
    {
        if (AgentAddress.AgentOf(request.Source) is not { } asker)
            return;
        var answer = NewMessage(agent, type, data, performative) with { CorrelationId = request.Id, Taint = request.Taint, TraceParent = request.TraceParent };
        Bus.Publish(Topics.Inbox(asker), answer, Qos.AtLeastOnce);
    }
}
