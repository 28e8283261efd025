using EdgeMas.Core.Missions;

namespace EdgeMas.Core.Events;

/// <summary>Asks the planner for a plan.</summary>
/// <param name="Done">Steps already done or failed, when the rest of a plan is to be repaired; empty at first.</param>
/// <param name="Objection">Why the plan before was rejected or failed; null at first.</param>
/// <param name="Attempt">0 for the first plan of a mission; later ones may sample differently.</param>
public sealed record PlanRequest(string Mission, string Order, IReadOnlyList<MissionStep> Done, string? Objection, int Attempt);
