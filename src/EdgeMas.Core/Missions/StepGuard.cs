namespace EdgeMas.Core.Missions;

/// <summary>Under which outcome of an earlier step a step runs.</summary>
public enum StepGuard
{
    Always,
    Found,
    NotFound,
    Failed,
}
