namespace EdgeMas.Core.Supervision;

/// <summary>Turns one agent's policy and past into a decision. One thread.</summary>
internal sealed class Supervisor(RestartPolicy policy, TimeProvider time)
{
    private readonly RestartWindow _window = new(policy, time);

    /// <summary>The instance that failed cannot go on: whatever it does now is to be cancelled.</summary>
    internal bool EndsInstances => policy.OnFailure != SupervisorDecision.Resume;

    /// <param name="ran">The instance had started.</param>
    /// <param name="backoff">Wait before a restart.</param>
    internal SupervisorDecision Decide(bool ran, out TimeSpan backoff)
    {
        backoff = default;
        return policy.OnFailure switch
        {
            SupervisorDecision.Resume when !ran => SupervisorDecision.Escalate, // what never ran cannot go on
            SupervisorDecision.Restart when !_window.TryRestart(out backoff) => SupervisorDecision.Escalate,
            var decision => decision,
        };
    }
}
