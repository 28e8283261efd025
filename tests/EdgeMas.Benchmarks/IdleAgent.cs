using System.Text.Json;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Skills;

namespace EdgeMas.Benchmarks;

/// <summary>An agent with one skill and a topic, that waits.</summary>
internal sealed class IdleAgent(string name) : Agent
{
    public override IReadOnlyList<Skill> Skills { get; } =
        [new(new SkillDescriptor($"echo_{name}", "Answers.", new SkillSchema().Text("text").Build()), (call, _) => new(SkillOutcome.Done(TextOf(call.Arguments))))];

    public override IReadOnlyList<string> Subscriptions { get; } = ["edgemas/v1/yard/rover/speech/heard"];

    public override ValueTask ReceiveAsync(Delivery delivery, AgentContext context, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private static string? TextOf(JsonElement arguments) => arguments.GetProperty("text").GetString();
}
