namespace EdgeMas.Core.Missions;

public enum StepState
{
    Pending,
    Running,
    Completed,
    Failed,

    /// <summary>Its guard did not hold.</summary>
    Skipped,
    Cancelled,
}
