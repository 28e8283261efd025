using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Arm;

/// <summary>What an arm's servos are told by a core in another process.</summary>
/// <param name="IsHold">Hold where they are; the angles do not count.</param>
/// <param name="Angles">Radians.</param>
public readonly record struct ArmCommand(bool IsHold, JointVector Angles);
