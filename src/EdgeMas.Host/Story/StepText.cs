using System.Globalization;
using System.Text.Json;
using EdgeMas.Core.Missions;

namespace EdgeMas.Host.Story;

/// <summary>A plan's step in words that fit one line: <c>drive 10 m</c>, <c>look_for red ball</c>.</summary>
internal static class StepText
{
    private const int MaxArgumentCharacters = 40;

    public static string Of(PlanStep step)
    {
        var words = step.Arguments.ValueKind == JsonValueKind.Object ? step.Arguments.EnumerateObject().Select(Describe) : [];
        return StoryTeller.OneLine(string.Join(' ', words.Prepend(step.Name)));
    }

    /// <summary>A guard or company of a step, in words; empty for none.</summary>
    public static string Guard(PlanStep step)
    {
        if (step.WithPrevious)
            return "beside the step before";
        return step.When switch { StepGuard.Found => "if found", StepGuard.NotFound => "if not found", StepGuard.Failed => "if that failed", _ => "" };
    }

    private static string Describe(JsonProperty argument) => argument.Value.ValueKind switch
    {
        JsonValueKind.Number => $"{argument.Value.GetDouble().ToString("0.##", CultureInfo.InvariantCulture)}{Unit(argument.Name)}",
        JsonValueKind.String => Shorten(argument.Value.GetString()!),
        _ => Shorten(argument.Value.GetRawText()),
    };

    private static string Unit(string name) => name[(name.LastIndexOf('_') + 1)..] switch
    {
        "m" => " m",
        "deg" => "°",
        "mps" => " m/s",
        "s" or "seconds" => " s",
        "percent" => " %",
        _ => "",
    };

    private static string Shorten(string text) => text.Length <= MaxArgumentCharacters ? text : string.Concat(text.AsSpan(0, MaxArgumentCharacters - 1), "…");
}
