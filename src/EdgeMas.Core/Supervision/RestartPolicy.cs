namespace EdgeMas.Core.Supervision;

/// <summary>What a supervisor does with an agent that failed.</summary>
/// <param name="OnFailure">The decision for an exception that nobody handled.</param>
/// <param name="MaxRestarts">Restarts allowed within <paramref name="Window"/>; one more escalates.</param>
/// <param name="Backoff">Wait before the first restart; doubles with each in the window, at most 5 s.</param>
public sealed record RestartPolicy(SupervisorDecision OnFailure, int MaxRestarts, TimeSpan Window, TimeSpan Backoff)
{
    /// <summary>Restart at most 5 times a minute, beginning after 50 ms.</summary>
    public static RestartPolicy Default { get; } = new(SupervisorDecision.Restart, 5, TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(50));
}
