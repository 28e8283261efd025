namespace EdgeMas.Core.Motion;

/// <summary>
/// One number for each wheel: angles or speeds, forward positive. A differential body uses the front pair only, an Ackermann body the back pair; the others are 0. Of mecanum
/// wheels, seen from above, the rollers on the ground form a diamond, and those on top an X.
/// </summary>
public readonly record struct WheelSet(double FrontLeft, double FrontRight, double BackLeft, double BackRight)
{
    /// <summary>The largest amount.</summary>
    public double Fastest => Math.Max(Math.Max(Math.Abs(FrontLeft), Math.Abs(FrontRight)), Math.Max(Math.Abs(BackLeft), Math.Abs(BackRight)));

    public bool IsFinite => double.IsFinite(FrontLeft + FrontRight + BackLeft + BackRight);

    public static WheelSet operator +(in WheelSet a, in WheelSet b) =>
        new(a.FrontLeft + b.FrontLeft, a.FrontRight + b.FrontRight, a.BackLeft + b.BackLeft, a.BackRight + b.BackRight);

    public static WheelSet operator -(in WheelSet a, in WheelSet b) =>
        new(a.FrontLeft - b.FrontLeft, a.FrontRight - b.FrontRight, a.BackLeft - b.BackLeft, a.BackRight - b.BackRight);

    public static WheelSet operator *(in WheelSet a, double factor) =>
        new(a.FrontLeft * factor, a.FrontRight * factor, a.BackLeft * factor, a.BackRight * factor);
}
