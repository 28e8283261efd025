namespace EdgeMas.Control.Trajectory;

/// <summary>What one axis may do, in its unit and seconds; all above 0.</summary>
public readonly record struct MotionLimits(double Speed, double Acceleration, double Jerk)
{
    /// <exception cref="ControlOptionsException">A limit is not a number above 0.</exception>
    public void Check(string name)
    {
        ControlOptionsException.ThrowUnlessAbove(Speed, 0, $"{name}.{nameof(Speed)}");
        ControlOptionsException.ThrowUnlessAbove(Acceleration, 0, $"{name}.{nameof(Acceleration)}");
        ControlOptionsException.ThrowUnlessAbove(Jerk, 0, $"{name}.{nameof(Jerk)}");
    }
}
