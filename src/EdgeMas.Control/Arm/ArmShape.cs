namespace EdgeMas.Control.Arm;

/// <summary>What an arm's servos are to a core in another process.</summary>
/// <param name="JointCount">From the base.</param>
public readonly record struct ArmShape(int JointCount);
