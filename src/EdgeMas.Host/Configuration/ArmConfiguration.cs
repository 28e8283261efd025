using EdgeMas.Control.Arm;
using EdgeMas.Simulation.Arm;

namespace EdgeMas.Host.Configuration;

/// <summary>An arm and its envelope.</summary>
/// <param name="Servos">One for each joint, of a simulated arm; of a real one only their start is used.</param>
internal sealed record ArmConfiguration(ArmLimits Limits, IReadOnlyList<ServoDescription> Servos);
