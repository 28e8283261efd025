namespace EdgeMas.Control.Kinematics;

/// <summary>How a base moves on the plane: metres a second ahead and to the left, radians a second counter-clockwise.</summary>
public readonly record struct PlanarTwist(double Ahead, double Left, double Turn)
{
    public bool IsFinite => double.IsFinite(Ahead + Left + Turn);

    public static PlanarTwist operator *(in PlanarTwist twist, double factor) => new(twist.Ahead * factor, twist.Left * factor, twist.Turn * factor);
}
