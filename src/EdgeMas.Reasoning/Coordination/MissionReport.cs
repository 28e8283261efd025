using EdgeMas.Core.Missions;

namespace EdgeMas.Reasoning.Coordination;

/// <summary>The sentence that a person hears when a mission has ended.</summary>
internal static class MissionReport
{
    private const int MaxCharacters = 300;

    internal static string Write(Mission mission)
    {
        var text = mission.Status switch
        {
            MissionStatus.Completed => mission.Reason ?? "Done.",
            MissionStatus.Refused => $"I will not do that. {mission.Reason}",
            MissionStatus.Failed => $"I could not do that. {mission.Reason}",
            MissionStatus.Cancelled => $"I stopped. {mission.Reason}",
            _ => mission.Reason ?? "",
        };
        return text.Length <= MaxCharacters ? text : string.Concat(text.AsSpan(0, MaxCharacters), "…");
    }

    /// <summary>What was done, in the skills' own notes.</summary>
    internal static string Summarize(IReadOnlyList<MissionStep> steps)
    {
        var notes = steps.Where(step => step.State is StepState.Completed or StepState.Failed)
            .Select(step => (step.Reason ?? step.Step.Name.Replace('_', ' ')).TrimEnd('.'))
            .ToList();
        return notes.Count == 0 ? "Done." : $"Done: {string.Join("; ", notes)}.";
    }

    internal static string DescribeStep(IReadOnlyList<MissionStep> steps, int index) => $"step {index + 1} ({steps[index].Step.Name})";
}
