namespace EdgeMas.Control.Vehicles;

/// <summary>How long a vehicle's owner and its body may be silent.</summary>
public sealed record VehicleLimits
{
    /// <summary>How long the owner of a goal may be silent before the vehicle goes to its safe state.</summary>
    public TimeSpan WatchdogPatience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a lease lasts without being fed.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the body may be silent before the goal is given up.</summary>
    public TimeSpan BodyPatience { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How old the body's newest reading may be, for a loop that ticks faster than its body senses.</summary>
    public TimeSpan ReadingPatience { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long the host's process may give no sign of life before the vehicle goes to its safe state; infinite where loop and host are one process.</summary>
    public TimeSpan HostPatience { get; init; } = Timeout.InfiniteTimeSpan;

    internal void Check()
    {
        const string name = nameof(VehicleLimits);
        ControlOptionsException.ThrowUnlessAbove(WatchdogPatience, TimeSpan.Zero, $"{name}.{nameof(WatchdogPatience)}");
        ControlOptionsException.ThrowUnlessAbove(LeaseDuration, TimeSpan.Zero, $"{name}.{nameof(LeaseDuration)}");
        ControlOptionsException.ThrowUnlessAbove(BodyPatience, TimeSpan.Zero, $"{name}.{nameof(BodyPatience)}");
        ControlOptionsException.ThrowUnlessAbove(ReadingPatience, TimeSpan.Zero, $"{name}.{nameof(ReadingPatience)}");
        if (HostPatience != Timeout.InfiniteTimeSpan)
            ControlOptionsException.ThrowUnlessAbove(HostPatience, TimeSpan.Zero, $"{name}.{nameof(HostPatience)}");
    }
}
