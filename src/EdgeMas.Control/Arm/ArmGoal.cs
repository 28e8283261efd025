using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Arm;

/// <summary>What an arm shall do.</summary>
/// <param name="IsHold">Come to rest and stay; the other values do not count.</param>
/// <param name="Angles">Radians to end at.</param>
/// <param name="SpeedShare">Of the joints' limits, above 0 to 1.</param>
public readonly record struct ArmGoal(bool IsHold, JointVector Angles, double SpeedShare)
{
    public static ArmGoal Hold() => new(true, default, 1);

    public static ArmGoal Move(in JointVector angles, double speedShare = 1) => new(false, angles, speedShare);
}
