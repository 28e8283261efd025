using EdgeMas.Core.Missions;

namespace EdgeMas.Reasoning.Coordination;

/// <param name="Plan">Accepted by the critic; null when there is none.</param>
/// <param name="Status">What becomes of the mission: running, refused or failed.</param>
/// <param name="Reason">Why there is no plan.</param>
internal sealed record PlanFinding(Plan? Plan, MissionStatus Status, string? Reason);
