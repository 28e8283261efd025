using System.Globalization;
using EdgeMas.Core.Skills;
using EdgeMas.Reasoning.Orders;
using EdgeMas.Reasoning.Quantities;

namespace EdgeMas.Reasoning.Criticism;

/// <summary>A plan says what its order says: no number or thing that nobody mentioned, and no distance, angle, time or speed left out.</summary>
internal static class GroundingRules
{
    private static readonly string[] Corrections =
        ["no", "not", "sorry", "correction", "rather", "instead", "actually", "scratch", "mean", "don't", "dont", "never", "forget", "without", "except", "but", "or", "skip"];

    internal static Verdict? CheckNumbers(PlanReview review)
    {
        foreach (var argument in review.Arguments())
        {
            if (argument.Number is { } number && !IsSaid(review, argument, number))
                return new Verdict(
                    string.Create(CultureInfo.InvariantCulture, $"The plan has {argument.Parameter.Name} = {number:0.###} for {argument.Skill.Name}, which the order does not say."),
                    Final: false, "rule: numbers of the order");
        }
        return null;
    }

    /// <summary>An order that names one side only turns to that side.</summary>
    internal static Verdict? CheckSides(PlanReview review)
    {
        var words = $" {string.Join(' ', review.Order.Words)} ";
        foreach (var idiom in (ReadOnlySpan<string>)[" right now ", " right away ", " right there ", " right here ", " right after "])
            words = words.Replace(idiom, " ", StringComparison.Ordinal);
        var left = SaysAny(words, "left", "anticlockwise", "counterclockwise");
        var right = SaysAny(words, "right", "clockwise");
        if (left == right)
            return null;
        foreach (var argument in review.Arguments())
        {
            if (argument.Skill.Name == review.Options.Skills.Turn && argument.Number is { } angle && Math.Abs(angle) is > 0 and < 180 && angle > 0 != left)
                return new Verdict(
                    string.Create(CultureInfo.InvariantCulture, $"The order says {(left ? "left" : "right")}, and the plan turns by {angle:0.#} degrees."), Final: false, "rule: sides");
        }
        return null;
    }

    internal static Verdict? CheckWords(PlanReview review)
    {
        var known = review.Order.Words.SelectMany(word => WordForms.Singulars(word).Append(word)).ToHashSet(StringComparer.Ordinal);
        foreach (var argument in review.Arguments())
        {
            if (argument.Parameter.Kind is not (ParameterKind.Thing or ParameterKind.Text) || argument.Text is not { } text || review.Registry.Places.Contains(text))
                continue;
            if (OrderText.SplitWords(OrderText.Clean(text)).FirstOrDefault(word => !known.Contains(word)) is { } stranger)
                return new Verdict($"The plan speaks of '{stranger}' ({argument.Skill.Name}), which the order does not.", Final: false, "rule: words of the order");
        }
        return null;
    }

    /// <summary>A robot never goes to a place that nobody named.</summary>
    internal static Verdict? CheckPlaces(PlanReview review)
    {
        foreach (var argument in review.Arguments())
        {
            if (argument.Parameter.Kind == ParameterKind.Place && argument.Text is { } place && !review.Places.All.Contains(place, StringComparer.OrdinalIgnoreCase))
                return new Verdict($"The plan speaks of the place '{place}' ({argument.Skill.Name}), which the order does not name.", Final: false, "rule: places of the order");
        }
        return null;
    }

    /// <summary>Only for quantities with a unit, and only where nothing was corrected or negated: "two, no, three meters" forgets two on purpose.</summary>
    internal static Verdict? CheckNothingForgotten(PlanReview review)
    {
        if (HasCorrection(review))
            return null;
        var arguments = review.AllArguments().ToList();
        var used = review.Numbers.Quantities.Where(quantity => arguments.Exists(argument => Holds(argument, quantity))).ToList();
        foreach (var quantity in review.Numbers.Quantities)
        {
            if (quantity.Unit is not { Dimension: Dimension.Length or Dimension.Angle or Dimension.Time or Dimension.Speed } unit || !CanBeGiven(review, unit.Dimension))
                continue;
            var isPart = used.Exists(other => other.Words.Contains(quantity.Words, StringComparison.Ordinal) || quantity.Words.Contains(other.Words, StringComparison.Ordinal));
            if (!isPart && !IsQuoted(arguments, quantity))
                return new Verdict($"The order says '{quantity.Words}', which the plan leaves out.", Final: false, "rule: nothing forgotten");
        }
        return null;
    }

    /// <summary>"Take three photos" is three steps: a number that no argument uses tells how often.</summary>
    internal static Verdict? CheckRepetitions(PlanReview review)
    {
        var most = review.Steps.GroupBy(step => $"{step.Name} {step.Arguments.GetRawText()}", StringComparer.Ordinal).Max(group => group.Count());
        if (most < 2)
            return null;
        var arguments = review.Arguments().ToList();
        var unused = review.Numbers.Quantities
            .Where(quantity => quantity.Unit is null or { Dimension: Dimension.Count } && !arguments.Exists(argument => Holds(argument, quantity)) && !IsQuoted(arguments, quantity))
            .ToList();
        return unused.Count == 1 && unused[0].Value is >= 2 and <= 5 && (int)unused[0].Value != most
            ? new Verdict($"The order says '{unused[0].Words}', and the plan does it {most} times.", Final: false, "rule: repetitions")
            : null;
    }

    /// <summary>"Two, no, three meters", "not the kitchen", "the kitchen or the gate": what was said may be left out on purpose.</summary>
    internal static bool HasCorrection(PlanReview review) => review.Order.Words.Any(word => Corrections.Contains(word));

    internal static bool IsSaid(PlanReview review, PlanArgument argument, double number) =>
        review.Numbers.ValuesFor(argument.Parameter).Any(value => IsNear(value, number));

    private static bool SaysAny(string words, params ReadOnlySpan<string> wanted)
    {
        foreach (var word in wanted)
        {
            if (words.Contains($" {word} ", StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private static bool Holds(PlanArgument argument, Quantity quantity) =>
        argument.Number is { } number && NumberGrounding.InUnit(quantity, ParameterUnits.Of(argument.Parameter)) is { } value && IsNear(value, Math.Abs(number));

    /// <summary>Its words stand in a text or a name: "say dinner in five minutes", "the two meter pole".</summary>
    private static bool IsQuoted(List<PlanArgument> arguments, Quantity quantity)
    {
        var first = quantity.Words.Split(' ')[0];
        return arguments.Exists(argument => argument.Text is { } text && text.Split(' ').Contains(first, StringComparer.Ordinal));
    }

    private static bool CanBeGiven(PlanReview review, Dimension dimension) =>
        review.Registry.Skills.Any(skill => skill.Parameters.Any(parameter => ParameterUnits.Of(parameter)?.Dimension == dimension));

    private static bool IsNear(double said, double planned) => Math.Abs(said - planned) <= Math.Max(0.006, Math.Abs(said) * 0.01);
}
