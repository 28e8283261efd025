namespace EdgeMas.Control.Envelope;

/// <summary>The limits that every command to the wheels must pass. Metres, seconds, radians; the battery from 0 to 1.</summary>
public sealed record EnvelopeOptions
{
    public double MaxSpeed { get; init; } = 1;

    /// <summary>Backwards, where no range finder looks.</summary>
    public double MaxReverseSpeed { get; init; } = 0.4;

    public double MaxAcceleration { get; init; } = 0.8;

    public double MaxDeceleration { get; init; } = 1.2;

    public double MaxTurnRate { get; init; } = 1.5;

    public double MaxTurnAcceleration { get; init; } = 4;

    /// <summary>The base comes to rest this far before a thing ahead.</summary>
    public double StopDistance { get; init; } = 0.4;

    /// <summary>How long the range finder may give no reading before the base stops driving ahead.</summary>
    public TimeSpan RangePatience { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>False for a base without a range finder: obstacles are then not seen.</summary>
    public bool HasRangeFinder { get; init; } = true;

    /// <summary>Corners of the polygon that the base's middle may not leave; empty for none.</summary>
    public IReadOnlyList<Point2D> Geofence { get; init; } = [];

    /// <summary>The base comes to rest this far inside the fence.</summary>
    public double GeofenceMargin { get; init; } = 0.1;

    /// <summary>Below this charge the base moves only towards its dock.</summary>
    public double BatteryFloor { get; init; } = 0.1;

    /// <summary>Below this charge it does not move at all.</summary>
    public double BatteryReserve { get; init; } = 0.03;

    /// <summary>How long the owner of a goal may be silent before the base stops.</summary>
    public TimeSpan WatchdogPatience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a lease lasts without being fed.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the body may be silent before the goal is given up. The brakes are on from the first silent tick.</summary>
    public TimeSpan BodyPatience { get; init; } = TimeSpan.FromMilliseconds(100);

    internal void Check()
    {
        const string name = nameof(EnvelopeOptions);
        ControlOptionsException.ThrowUnlessAbove(MaxSpeed, 0, $"{name}.{nameof(MaxSpeed)}");
        ControlOptionsException.ThrowUnlessAbove(MaxReverseSpeed, 0, $"{name}.{nameof(MaxReverseSpeed)}");
        ControlOptionsException.ThrowUnlessAbove(MaxAcceleration, 0, $"{name}.{nameof(MaxAcceleration)}");
        ControlOptionsException.ThrowUnlessAbove(MaxDeceleration, 0, $"{name}.{nameof(MaxDeceleration)}");
        ControlOptionsException.ThrowUnlessAbove(MaxTurnRate, 0, $"{name}.{nameof(MaxTurnRate)}");
        ControlOptionsException.ThrowUnlessAbove(MaxTurnAcceleration, 0, $"{name}.{nameof(MaxTurnAcceleration)}");
        ControlOptionsException.ThrowUnlessAbove(StopDistance, 0, $"{name}.{nameof(StopDistance)}");
        ControlOptionsException.ThrowUnlessWithin(GeofenceMargin, 0, 100, $"{name}.{nameof(GeofenceMargin)}");
        ControlOptionsException.ThrowUnlessWithin(BatteryFloor, 0, 1, $"{name}.{nameof(BatteryFloor)}");
        ControlOptionsException.ThrowUnlessWithin(BatteryReserve, 0, BatteryFloor, $"{name}.{nameof(BatteryReserve)}");
        ControlOptionsException.ThrowUnlessAbove(RangePatience, TimeSpan.Zero, $"{name}.{nameof(RangePatience)}");
        ControlOptionsException.ThrowUnlessAbove(WatchdogPatience, TimeSpan.Zero, $"{name}.{nameof(WatchdogPatience)}");
        ControlOptionsException.ThrowUnlessAbove(LeaseDuration, TimeSpan.Zero, $"{name}.{nameof(LeaseDuration)}");
        ControlOptionsException.ThrowUnlessAbove(BodyPatience, TimeSpan.Zero, $"{name}.{nameof(BodyPatience)}");
        if (Geofence.Count is 1 or 2)
            throw new ControlOptionsException($"{name}.{nameof(Geofence)}", "a fence has at least three corners; leave it empty for none");
        foreach (var corner in Geofence)
        {
            if (!double.IsFinite(corner.X) || !double.IsFinite(corner.Y))
                throw new ControlOptionsException($"{name}.{nameof(Geofence)}", $"corner ({corner.X}, {corner.Y}) is not a point");
        }
    }
}
