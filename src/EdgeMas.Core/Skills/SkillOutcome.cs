using System.Text.Json.Nodes;

namespace EdgeMas.Core.Skills;

/// <summary>How a call ended.</summary>
/// <param name="Succeeded">The skill did what was asked. A search that looked everywhere and found nothing has succeeded, with <paramref name="Found"/> false.</param>
/// <param name="Reason">Why it failed, or a short note on what was done; one sentence for people and for the planner's repair.</param>
/// <param name="Found">What a search found; null for other skills.</param>
/// <param name="Result">Data for the report, such as the picture's path; null for none.</param>
public sealed record SkillOutcome(bool Succeeded, string? Reason = null, bool? Found = null, JsonObject? Result = null)
{
    public static SkillOutcome Done(string? note = null, JsonObject? result = null) => new(true, note, null, result);

    public static SkillOutcome Failed(string reason) => new(false, reason);
}
