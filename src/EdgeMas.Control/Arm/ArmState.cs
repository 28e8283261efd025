using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Arm;

/// <summary>An arm at one tick.</summary>
/// <param name="Angles">Radians, as the servos report them.</param>
/// <param name="Commanded">Radians, as the servos were told.</param>
/// <param name="Tool">Metres from the base, of the reported angles.</param>
/// <param name="Remaining">Radians of the joint that is farthest from the goal.</param>
public readonly record struct ArmState(JointVector Angles, JointVector Commanded, Vector3D Tool, double Remaining);
