using EdgeMas.Core.Missions;

namespace EdgeMas.Core.Events;

/// <param name="Index">Of the step in the mission, from 0.</param>
/// <param name="Fraction">Progress, 0 to 1.</param>
public sealed record StepChanged(string Mission, int Index, MissionStep Step, double Fraction);
