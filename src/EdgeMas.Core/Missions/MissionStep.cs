using System.Text.Json.Nodes;

namespace EdgeMas.Core.Missions;

/// <summary>A plan's step with its history.</summary>
/// <param name="Agent">Who runs or ran it; null before it was assigned.</param>
/// <param name="Seconds">How long it ran; 0 before it ended.</param>
/// <param name="Reason">The outcome's sentence.</param>
public sealed record MissionStep(
    PlanStep Step,
    StepState State = StepState.Pending,
    string? Agent = null,
    double Seconds = 0,
    string? Reason = null,
    bool? Found = null,
    JsonObject? Result = null);
