using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Skills;
using EdgeMas.Reasoning.Orders;
using EdgeMas.Reasoning.Quantities;

namespace EdgeMas.Reasoning.Criticism;

/// <summary>One plan under review, with all that the rules look at.</summary>
/// <param name="Pose">Where the robot stands; null when the base has not told.</param>
internal sealed record PlanReview(
    OrderText Order, PlanProposal Proposal, Taint Taint, SkillRegistry Registry, Pose2D? Pose, CriticOptions Options)
{
    internal IReadOnlyList<PlanStep> Steps => Proposal.Plan.Steps;

    internal NumberGrounding Numbers { get; } = new(Order);

    /// <summary>The plan's arguments with the parameters that they are for; steps of unknown skills have none.</summary>
    internal IEnumerable<PlanArgument> Arguments()
    {
        foreach (var step in Steps)
        {
            if (Registry.Find(step.Name) is not { } skill)
                continue;
            foreach (var parameter in skill.Parameters)
            {
                if (step.Arguments.TryGetProperty(parameter.Name, out var value))
                    yield return new PlanArgument(skill, parameter, value);
            }
        }
    }
}
