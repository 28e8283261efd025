namespace EdgeMas.Control.Flight;

/// <summary>How a quadrotor flies, within the envelope. Metres, seconds, radians.</summary>
public sealed record FlightOptions
{
    /// <summary>Where a goal says nothing.</summary>
    public double CruiseSpeed { get; init; } = 2;

    /// <summary>The last metre down.</summary>
    public double LandingSpeed { get; init; } = 0.4;

    /// <summary>A point is reached this near.</summary>
    public double PositionTolerance { get; init; } = 0.2;

    /// <summary>How long it holds in the air after its owner has gone silent, before it lands.</summary>
    public TimeSpan SafeHover { get; init; } = TimeSpan.FromSeconds(3);

    public FlightStop EStop { get; init; } = FlightStop.Land;

    /// <summary>How long the envelope may keep it from moving on before the goal is given up.</summary>
    public TimeSpan BlockedPatience { get; init; } = TimeSpan.FromSeconds(3);

    internal void Check(FlightLimits limits)
    {
        const string name = nameof(FlightOptions);
        ControlOptionsException.ThrowUnlessAbove(CruiseSpeed, 0, $"{name}.{nameof(CruiseSpeed)}");
        ControlOptionsException.ThrowUnlessWithin(CruiseSpeed, 0, limits.MaxSpeed, $"{name}.{nameof(CruiseSpeed)}");
        ControlOptionsException.ThrowUnlessAbove(LandingSpeed, 0, $"{name}.{nameof(LandingSpeed)}");
        ControlOptionsException.ThrowUnlessWithin(LandingSpeed, 0, limits.MaxDescent, $"{name}.{nameof(LandingSpeed)}");
        ControlOptionsException.ThrowUnlessAbove(PositionTolerance, 0, $"{name}.{nameof(PositionTolerance)}");
        ControlOptionsException.ThrowUnlessAbove(BlockedPatience, TimeSpan.Zero, $"{name}.{nameof(BlockedPatience)}");
        if (SafeHover < TimeSpan.Zero)
            throw new ControlOptionsException($"{name}.{nameof(SafeHover)}", $"{SafeHover} is below zero");
    }
}
