using EdgeMas.Control.Trajectory;

namespace EdgeMas.Control.Arm;

/// <summary>One joint of an arm by the four numbers of Denavit and Hartenberg, and what it may do. Metres and radians.</summary>
/// <param name="Length">Along the new x axis (a).</param>
/// <param name="Twist">About the new x axis (α).</param>
/// <param name="Offset">Along the joint's axis (d).</param>
/// <param name="Zero">Added to the joint's angle (θ).</param>
/// <param name="Least">Angle.</param>
/// <param name="Most">Angle.</param>
/// <remarks>Source: J. Denavit and R. Hartenberg, 1955, in the order of J. Craig, Introduction to Robotics, and L. Sciavicco and B. Siciliano, 2.8: Rz(θ) Tz(d) Tx(a) Rx(α).</remarks>
public sealed record ArmJoint(double Length, double Twist, double Offset, double Zero, double Least, double Most, MotionLimits Motion)
{
    internal void Check(string name)
    {
        if (!double.IsFinite(Length + Twist + Offset + Zero))
            throw new ControlOptionsException(name, "its length, twist, offset and zero must be numbers");
        if (!(Least < Most) || !double.IsFinite(Most - Least))
            throw new ControlOptionsException($"{name}.{nameof(Least)}", $"{Least} must be below {Most}");
        Motion.Check($"{name}.{nameof(Motion)}");
    }
}
