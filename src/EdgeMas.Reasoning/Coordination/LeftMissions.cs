using EdgeMas.Core.Missions;

namespace EdgeMas.Reasoning.Coordination;

/// <summary>
/// Ends the missions that a killed process left behind. What was under way is not known, so nothing is resumed: a motion may have been half done, and the
/// robot may stand elsewhere. The person who gave the order decides.
/// </summary>
internal static class LeftMissions
{
    internal static Mission End(Mission left, DateTimeOffset now)
    {
        if (left.Status == MissionStatus.Planning)
            return left with { Status = MissionStatus.Cancelled, Ended = now, Reason = "The process ended before a plan existed." };
        var running = left.Steps.ToList().FindIndex(step => step.State == StepState.Running);
        var next = left.Steps.ToList().FindIndex(step => step.State == StepState.Pending);
        var reason = running >= 0 ? $"The process ended during {MissionReport.DescribeStep(left.Steps, running)}."
            : next >= 0 ? $"The process ended before {MissionReport.DescribeStep(left.Steps, next)}."
            : "The process ended before the report.";
        return left with
        {
            Status = running < 0 && next < 0 ? MissionStatus.Completed : MissionStatus.Failed,
            Ended = now,
            Reason = reason,
            Steps = [.. left.Steps.Select(EndStep)],
        };
    }

    private static MissionStep EndStep(MissionStep step) => step.State switch
    {
        StepState.Running => step with { State = StepState.Failed, Reason = "the process ended" },
        StepState.Pending => step with { State = StepState.Cancelled },
        _ => step,
    };
}
