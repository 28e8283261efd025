namespace EdgeMas.Control.Kinematics;

/// <summary>Speeds of four mecanum wheels in radians a second, forward positive. Seen from above the rollers on the ground form a diamond, and those on top an X.</summary>
public readonly record struct MecanumWheels(double FrontLeft, double FrontRight, double BackLeft, double BackRight)
{
    public double Fastest => Math.Max(Math.Max(Math.Abs(FrontLeft), Math.Abs(FrontRight)), Math.Max(Math.Abs(BackLeft), Math.Abs(BackRight)));
}
