using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;

namespace EdgeMas.Reasoning.Criticism;

/// <summary>
/// What every plan must keep, whatever any model thinks of it. Rules come in the order in which their reasons help most. Text from outside may fill in a
/// skill's arguments; it cannot add a skill, raise a limit, or move an actuator whose skill is closed to its source.
/// </summary>
internal static class PlanRules
{
    private const Taint Untrusted = Taint.Speech | Taint.Network | Taint.Vision;

    private static readonly Func<PlanReview, Verdict?>[] All =
        [
            CheckServes, CheckSkills, CheckSource, CheckArguments,
            GroundingRules.CheckNumbers, GroundingRules.CheckSides, GroundingRules.CheckWords, GroundingRules.CheckPlaces, GeofenceRule.Check,
            GroundingRules.CheckNothingForgotten, GroundingRules.CheckRepetitions, OmissionRules.CheckNumberedThings, OmissionRules.CheckPlaces, OmissionRules.CheckFigures,
            CertaintyRules.CheckConfidence, CertaintyRules.CheckMentioned,
        ];

    internal static Verdict? Check(PlanReview review)
    {
        foreach (var rule in All)
        {
            if (rule(review) is { } verdict)
                return verdict;
        }
        return null;
    }

    private static Verdict? CheckServes(PlanReview review) => review.Steps.Count switch
    {
        0 => new Verdict("Nothing that I can do serves this order.", Final: true, "rule: plan serves the order"),
        var count when count > review.Options.MaxSteps =>
            new Verdict($"The plan has {count} steps; at most {review.Options.MaxSteps} are taken.", Final: false, "rule: plan length"),
        _ => null,
    };

    private static Verdict? CheckSkills(PlanReview review)
    {
        foreach (var step in review.Steps)
        {
            if (review.Registry.Find(step.Name) is null)
                return new Verdict($"No agent offers the skill '{step.Name}'.", Final: false, "rule: known skills");
        }
        return null;
    }

    private static Verdict? CheckSource(PlanReview review)
    {
        foreach (var step in review.Steps)
        {
            if (review.Registry.Find(step.Name) is { Safety: SafetyClass.Motion } skill && (review.Taint & Untrusted & ~skill.OpenTo) is var closed and not Taint.None)
                return new Verdict($"'{step.Name}' moves the robot and is not open to orders from {Describe(closed)}.", Final: true, "rule: order's source");
        }
        return null;
    }

    private static Verdict? CheckArguments(PlanReview review)
    {
        foreach (var step in review.Steps)
        {
            var skill = review.Registry.Find(step.Name)!;
            if (SkillArguments.Check(skill, step.Arguments, review.Registry.Places) is not { } reason)
                continue;
            // Where the order itself says what is not allowed, another plan would only dodge the limit.
            var said = review.Arguments().Any(argument => argument.Skill == skill && argument.Number is { } number && GroundingRules.IsSaid(review, argument, number));
            return new Verdict($"{char.ToUpperInvariant(reason[0])}{reason[1..]}.", Final: said, "rule: arguments");
        }
        return null;
    }

    private static string Describe(Taint taint) => taint.ToString().ToLowerInvariant().Replace(", ", " and ", StringComparison.Ordinal);
}
