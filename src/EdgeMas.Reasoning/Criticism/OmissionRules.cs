using System.Collections.Frozen;
using EdgeMas.Core.Skills;
using EdgeMas.Reasoning.Orders;
using EdgeMas.Reasoning.Quantities;

namespace EdgeMas.Reasoning.Criticism;

/// <summary>What the order says beside its quantities and a plan must not leave out: the number in a thing's name, the figure that a way is to draw.</summary>
internal static class OmissionRules
{
    private static readonly FrozenSet<string> Figures = new[]
    {
        "square", "squares", "rectangle", "rectangles", "triangle", "triangles", "pentagon", "hexagon", "octagon", "zigzag", "zigzags", "zig-zag", "spiral", "spirals",
        "slalom", "figure-eight", "lawnmower",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Three sides are the least that a figure has.</summary>
    private const int LeastSides = 3;

    /// <summary>"Tag 3" is not any tag.</summary>
    internal static Verdict? CheckNumberedThings(PlanReview review)
    {
        var words = review.Order.Words;
        foreach (var argument in review.Arguments())
        {
            if (argument.Parameter.Kind != ParameterKind.Thing || argument.Text is not { } thing || OrderText.SplitWords(thing) is not [.., var noun])
                continue;
            // A thing that is also said without a number may be meant where it is.
            var saidAt = Enumerable.Range(0, words.Count).Where(at => IsForm(words[at], noun)).ToList();
            if (saidAt.Count > 0 && saidAt.TrueForAll(at => NumberBehind(review, words, at) is not null))
                return new Verdict($"The order says '{noun} {NumberBehind(review, words, saidAt[0])}', and the plan only '{thing}'.", Final: false, "rule: nothing forgotten");
        }
        return null;
    }

    /// <summary>A place named in full is gone to, or spoken of: "listen at T1 and at T2" is more than listening.</summary>
    internal static Verdict? CheckPlaces(PlanReview review)
    {
        if (GroundingRules.HasCorrection(review) || !review.Registry.Skills.Any(skill => skill.Parameters.Any(parameter => parameter.Kind is ParameterKind.Place or ParameterKind.Places)))
            return null;
        var written = review.AllArguments().Select(argument => argument.Value.GetRawText().ToLowerInvariant()).ToList();
        var missing = review.Places.InFull.Where(place => !written.Exists(text => text.Contains(place.ToLowerInvariant(), StringComparison.Ordinal))).ToList();
        var atHome = review.Done.Select(done => done.Step).Concat(review.Steps).Any(step => step.Name == review.Options.Skills.Home) ? 1 : 0; // "back to the dock" is the way home
        return missing.Count > atHome
            ? new Verdict($"The order names '{missing[0]}', which the plan leaves out.", Final: false, "rule: nothing forgotten")
            : null;
    }

    /// <summary>"Drive in a square of two meters" is more than one side.</summary>
    internal static Verdict? CheckFigures(PlanReview review)
    {
        var drives = review.Steps.Count(step => step.Name == review.Options.Skills.Drive);
        if (drives is 0 or >= LeastSides)
            return null;
        var words = review.Order.Words;
        for (var at = 0; at < words.Count; at++)
        {
            var isArea = at + 1 < words.Count && Units.ByWord.ContainsKey(words[at + 1]);
            if (Figures.Contains(words[at]) && !isArea && !review.Arguments().Any(argument => argument.Text is { } text && text.Split(' ').Contains(words[at])))
                return new Verdict($"The order says '{words[at]}', which the plan does not drive.", Final: false, "rule: figures");
        }
        return null;
    }

    /// <summary>The bare number right behind a word: neither a quantity with a unit nor one that an argument holds.</summary>
    private static string? NumberBehind(PlanReview review, IReadOnlyList<string> words, int at) => at + 1 < words.Count && (at + 2 == words.Count || words[at + 2] is not ("time" or "times"))
        ? review.Numbers.Quantities.FirstOrDefault(quantity => quantity.Unit is null && quantity.Words == words[at + 1]
            && !review.AllArguments().Any(argument => argument.Number == quantity.Value))?.Words
        : null;

    private static bool IsForm(string word, string noun) => word == noun || WordForms.Singulars(word).Contains(noun);
}
