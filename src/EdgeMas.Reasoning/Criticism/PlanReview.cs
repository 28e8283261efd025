using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Skills;
using EdgeMas.Reasoning.Orders;
using EdgeMas.Reasoning.Quantities;

namespace EdgeMas.Reasoning.Criticism;

/// <summary>One plan under review, with all that the rules look at.</summary>
/// <param name="Done">Steps that ran before, when the proposal plans the rest.</param>
/// <param name="Pose">Where the robot stands; null when the base has not told.</param>
internal sealed record PlanReview(
    OrderText Order, PlanProposal Proposal, IReadOnlyList<MissionStep> Done, Taint Taint, SkillRegistry Registry, Pose2D? Pose, CriticOptions Options)
{
    internal IReadOnlyList<PlanStep> Steps => Proposal.Plan.Steps;

    internal NumberGrounding Numbers { get; } = new(Order);

    internal SaidPlaces Places { get; } = new(Order, Registry.Places);

    /// <summary>The plan's arguments with the parameters that they are for; steps of unknown skills have none.</summary>
    internal IEnumerable<PlanArgument> Arguments() => ArgumentsOf(Steps);

    /// <summary>Those of the steps that ran before too.</summary>
    internal IEnumerable<PlanArgument> AllArguments() => ArgumentsOf(Done.Select(done => done.Step)).Concat(Arguments());

    private IEnumerable<PlanArgument> ArgumentsOf(IEnumerable<PlanStep> steps)
    {
        foreach (var step in steps)
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
