using System.Text.Json;

namespace EdgeMas.Core.Missions;

/// <param name="Name">The skill's name.</param>
/// <param name="Arguments">A JSON object.</param>
/// <param name="WithPrevious">Runs beside the step before it.</param>
/// <param name="When">Guard on the nearest search (found, not found) or on the step before it (failed).</param>
public sealed record PlanStep(string Name, JsonElement Arguments, bool WithPrevious = false, StepGuard When = StepGuard.Always);
