namespace EdgeMas.Core.Supervision;

public enum SupervisorDecision
{
    /// <summary>Go on with the next message; the agent keeps its state.</summary>
    Resume,

    /// <summary>A new instance takes over the mailbox.</summary>
    Restart,

    /// <summary>The agent ends; its requests are answered with a failure.</summary>
    Stop,

    /// <summary>The owner of the agent system decides; by default it brings the robot to its safe state.</summary>
    Escalate,
}
