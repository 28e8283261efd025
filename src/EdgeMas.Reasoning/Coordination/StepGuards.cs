using EdgeMas.Core.Missions;

namespace EdgeMas.Reasoning.Coordination;

/// <summary>Decides from what already happened whether a guarded step runs.</summary>
internal static class StepGuards
{
    /// <returns>Null when it runs; else why it is skipped.</returns>
    internal static string? WhySkipped(IReadOnlyList<MissionStep> steps, int index) => steps[index].Step.When switch
    {
        StepGuard.Found => NearestSearch(steps, index) == true ? null : "nothing was found",
        StepGuard.NotFound => NearestSearch(steps, index) == false ? null : "the search did not end without a find",
        StepGuard.Failed => DependsOn(steps, index).Any(step => step.State == StepState.Failed) ? null : "the step before did not fail",
        _ => null,
    };

    /// <summary>A failure is expected, and does not end the mission, where the step behind the group is guarded by it.</summary>
    internal static bool IsExpected(IReadOnlyList<MissionStep> steps, int behindGroup) =>
        behindGroup < steps.Count && steps[behindGroup].Step.When == StepGuard.Failed;

    /// <summary>The index behind the steps that run side by side with the one given.</summary>
    internal static int EndOfGroup(IReadOnlyList<MissionStep> steps, int first)
    {
        var end = first + 1;
        while (end < steps.Count && steps[end].Step.WithPrevious)
            end++;
        return end;
    }

    private static bool? NearestSearch(IReadOnlyList<MissionStep> steps, int index)
    {
        for (var i = index - 1; i >= 0; i--)
        {
            if (steps[i].Found is { } found)
                return found;
        }
        return null;
    }

    /// <summary>The group before, beyond other steps that wait for the same failure.</summary>
    private static IEnumerable<MissionStep> DependsOn(IReadOnlyList<MissionStep> steps, int index)
    {
        var last = index - 1;
        while (last >= 0 && steps[last].Step.When == StepGuard.Failed)
            last--;
        for (var i = last; i >= 0; i--)
        {
            yield return steps[i];
            if (!steps[i].Step.WithPrevious)
                yield break;
        }
    }
}
