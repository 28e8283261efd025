using EdgeMas.Control.Arm;
using EdgeMas.Simulation.Arm;

namespace EdgeMas.Host.Configuration;

/// <summary>A simulated arm and its envelope; one servo for each joint.</summary>
internal sealed record ArmConfiguration(ArmLimits Limits, IReadOnlyList<ServoDescription> Servos);
