namespace EdgeMas.Core.Missions;

public enum MissionStatus
{
    Planning,
    Running,
    Completed,

    /// <summary>Nothing was done, with a reason: no skill serves the order, or the critic or a rule forbids it.</summary>
    Refused,
    Failed,
    Cancelled,
}
