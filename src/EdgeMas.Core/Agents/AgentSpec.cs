using EdgeMas.Core.Supervision;

namespace EdgeMas.Core.Agents;

/// <param name="Name">One topic level, unique in the robot.</param>
/// <param name="Create">Makes a fresh instance, at the start and at each restart.</param>
public sealed record AgentSpec(string Name, Func<Agent> Create)
{
    public RestartPolicy Restart { get; init; } = RestartPolicy.Default;

    /// <summary>Messages that may wait; one more is refused and counted.</summary>
    public int MailboxCapacity { get; init; } = 256;

    /// <summary>An agent that has not started after this has failed.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(30);
}
