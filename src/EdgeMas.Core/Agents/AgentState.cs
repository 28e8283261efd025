namespace EdgeMas.Core.Agents;

/// <summary>The words of <see cref="Events.AgentReport.State"/>.</summary>
public static class AgentState
{
    public const string Starting = "starting";
    public const string Running = "running";

    /// <summary>Its last instance failed; the next one follows after the policy's backoff.</summary>
    public const string Restarting = "restarting";

    public const string Stopped = "stopped";

    /// <summary>It failed and was escalated; it does not come back by itself.</summary>
    public const string Failed = "failed";
}
