using System.Globalization;
using EdgeMas.Core.Skills;

namespace EdgeMas.Reasoning.Criticism;

/// <summary>
/// What the planner's own probabilities say. A planner that guesses will guess again, and worse, when it is asked for another plan; so these refusals are
/// final and the person is asked instead.
/// </summary>
internal static class CertaintyRules
{
    internal static Verdict? CheckConfidence(PlanReview review) => review.Proposal.Confidence < review.Options.MinConfidence
        ? new Verdict(
            string.Create(CultureInfo.InvariantCulture, $"I am not sure what this order means (certainty {review.Proposal.Confidence:0%})."),
            Final: true, "planner's certainty")
        : null;

    /// <summary>
    /// Where the planner hesitated, the order must at least speak of what is to be done; where the base would move, always: a small planner is sure that
    /// "launch the missiles at the kitchen" means to drive there.
    /// </summary>
    internal static Verdict? CheckMentioned(PlanReview review)
    {
        var isSure = review.Proposal.LeastProbability >= review.Options.SureProbability;
        foreach (var step in review.Steps)
        {
            var skill = review.Registry.Find(step.Name)!;
            if (isSure && !review.Options.Skills.Has(skill.Name))
                continue;
            if (!SkillWords.Mentions(review.Order, skill) && !HasSaidArgument(review, skill))
                return new Verdict($"I am not sure what this order means: nothing in it speaks of '{step.Name}'.", Final: true, "planner's certainty");
        }
        return null;
    }

    /// <summary>A choice or a quantity that was said points to the skill too. A place does where nothing else is said of it: "kitchen please" is an order to go there. A thing or a text does not.</summary>
    private static bool HasSaidArgument(PlanReview review, SkillDescriptor skill) => review.Arguments().Any(argument => argument.Skill == skill && argument.Parameter.Kind switch
    {
        ParameterKind.Place => argument.Text is { } place && SkillWords.NamesAlone(review.Order, place),
        ParameterKind.Choice => argument.Text is { } text && review.Numbers.Says(text.ToLowerInvariant()),
        ParameterKind.Number or ParameterKind.Integer => review.Numbers.Quantities.Count > 0,
        _ => false,
    });
}
