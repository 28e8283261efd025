using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Models;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Topics;
using EdgeMas.Reasoning.Criticism;
using EdgeMas.Reasoning.Orders;

namespace EdgeMas.Reasoning.Planning;

/// <summary>A planner and the critic's rules in turn, without agents: what a mission would plan, for tools that only want the plan.</summary>
/// <param name="rounds">Further plans that are asked for while the rules object.</param>
public sealed class CheckedPlanner(Planner planner, int rounds)
{
    private static readonly CriticOptions Options = new() { Topics = new RobotTopics("tools", "plan") };

    /// <returns>The first plan that the rules accept; where they accept none, the first plan and the objection to it.</returns>
    /// <exception cref="PlanningException">As <see cref="Planner.PlanAsync"/>.</exception>
    /// <exception cref="ModelException">As <see cref="Planner.PlanAsync"/>.</exception>
    public async Task<(PlanProposal Proposal, string? Objection)> PlanAsync(
        PlanRequest request, IReadOnlyList<SkillDescriptor> skills, IReadOnlyList<string> places, CancellationToken cancellationToken)
    {
        var registry = new SkillRegistry();
        registry.Add("tools", skills);
        registry.SetPlaces(places);
        (PlanProposal Proposal, string Objection)? first = null;
        for (var attempt = 0; ; attempt++)
        {
            var proposal = await planner.PlanAsync(request with { Attempt = attempt, Objection = first?.Objection }, skills, places, cancellationToken);
            var order = OrderText.TryRead(request.Order, out var refusal) ?? throw new PlanningException(refusal!);
            if (PlanRules.Check(new PlanReview(order, proposal, [], Taint.None, registry, null, Options)) is not { } verdict)
                return (proposal, null);
            first ??= (proposal, verdict.Reason);
            if (verdict.Final || attempt == rounds)
                return first.Value;
        }
    }
}
