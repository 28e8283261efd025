using EdgeMas.Core.Topics;

namespace EdgeMas.Reasoning.Coordination;

public sealed record CoordinatorOptions
{
    public required RobotTopics Topics { get; init; }

    public string PlannerAgent { get; init; } = "planner";

    public string CriticAgent { get; init; } = "critic";

    /// <summary>Orders that may wait while a mission runs; one more is refused.</summary>
    public int MaxWaiting { get; init; } = 8;

    /// <summary>A longer order is refused; at most <see cref="Orders.OrderText.MaxCharacters"/>.</summary>
    public int MaxOrderCharacters { get; init; } = 1_000;

    /// <summary>From the order's acceptance to the mission's end, planning included; a mission that takes longer is cancelled.</summary>
    public TimeSpan MissionLimit { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Orders taken in one minute, refused ones included; more are refused unread.</summary>
    public int OrdersPerMinute { get; init; } = 60;

    /// <summary>Speech that was recognized with less confidence is answered with a question instead of a mission.</summary>
    public double MinSpeechConfidence { get; init; } = 0.3;

    /// <summary>How often a rejected plan is written anew.</summary>
    public int PlanRounds { get; init; } = 2;

    /// <summary>How often a mission is mended after a step failed.</summary>
    public int RepairRounds { get; init; } = 2;

    /// <summary>
    /// A failed step makes the planner write the rest of the plan anew: for models that read what was done and why it failed. Otherwise the step itself is
    /// tried again where that is safe.
    /// </summary>
    public bool ReplansAfterFailure { get; init; }

    public TimeSpan PlanLimit { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan CritiqueLimit { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Missions whose last state stays retained on the bus.</summary>
    public int RetainedMissions { get; init; } = 32;
}
