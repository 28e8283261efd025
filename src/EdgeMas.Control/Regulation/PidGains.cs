namespace EdgeMas.Control.Regulation;

/// <summary>How a <see cref="PidRegulator"/> answers.</summary>
/// <param name="Proportional">Output for one unit of error.</param>
/// <param name="Integral">Output a second for one unit of error.</param>
/// <param name="Derivative">Output for one unit of measurement a second, against it.</param>
/// <param name="Least">Of the output.</param>
/// <param name="Most">Of the output.</param>
/// <param name="DerivativeSeconds">Time constant of the filter on the measurement's rate; 0 for none.</param>
/// <param name="TrackingSeconds">How fast the integral gives way while the output is at a limit; 0 for √(Derivative / Integral) or, without a derivative part, Proportional / Integral.</param>
public readonly record struct PidGains(
    double Proportional, double Integral, double Derivative, double Least, double Most, double DerivativeSeconds = 0, double TrackingSeconds = 0)
{
    /// <exception cref="ControlOptionsException">A number cannot be used.</exception>
    public void Check(string name)
    {
        ControlOptionsException.ThrowUnlessWithin(Proportional, 0, 1e9, $"{name}.{nameof(Proportional)}");
        ControlOptionsException.ThrowUnlessWithin(Integral, 0, 1e9, $"{name}.{nameof(Integral)}");
        ControlOptionsException.ThrowUnlessWithin(Derivative, 0, 1e9, $"{name}.{nameof(Derivative)}");
        ControlOptionsException.ThrowUnlessWithin(DerivativeSeconds, 0, 1e3, $"{name}.{nameof(DerivativeSeconds)}");
        ControlOptionsException.ThrowUnlessWithin(TrackingSeconds, 0, 1e3, $"{name}.{nameof(TrackingSeconds)}");
        if (!(Least < Most))
            throw new ControlOptionsException($"{name}.{nameof(Least)}", $"{Least} must be below {Most}");
    }
}
