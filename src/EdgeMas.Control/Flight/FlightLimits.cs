using EdgeMas.Control.Vehicles;

namespace EdgeMas.Control.Flight;

/// <summary>The limits that every command to the rotors must pass. Metres, seconds, radians; the battery from 0 to 1.</summary>
public sealed record FlightLimits
{
    /// <summary>Over the ground.</summary>
    public double MaxSpeed { get; init; } = 3;

    public double MaxClimb { get; init; } = 1.5;

    public double MaxDescent { get; init; } = 1;

    /// <summary>Of the speed that is asked of the rotors, in each of plane and height.</summary>
    public double MaxAcceleration { get; init; } = 2;

    /// <summary>Of the attitude that is asked of the rotors, from the vertical.</summary>
    public double MaxTilt { get; init; } = 25 * Math.PI / 180;

    public double MaxYawRate { get; init; } = 1.5;

    /// <summary>Corners of the polygon that it may not leave; empty for none.</summary>
    public IReadOnlyList<Point2D> Geofence { get; init; } = [];

    /// <summary>Above where it took off.</summary>
    public double Ceiling { get; init; } = 10;

    /// <summary>Below this it only lands or takes off.</summary>
    public double Floor { get; init; } = 0.5;

    /// <summary>It comes to rest this far inside the fence and below the ceiling.</summary>
    public double FenceMargin { get; init; } = 0.75;

    /// <summary>Below this charge it lands where it is, and does not take off.</summary>
    public double BatteryFloor { get; init; } = 0.15;

    public VehicleLimits Vehicle { get; init; } = new();

    /// <exception cref="ControlOptionsException">A value cannot be used; the message names it.</exception>
    public void Check()
    {
        const string name = nameof(FlightLimits);
        ControlOptionsException.ThrowUnlessAbove(MaxSpeed, 0, $"{name}.{nameof(MaxSpeed)}");
        ControlOptionsException.ThrowUnlessAbove(MaxClimb, 0, $"{name}.{nameof(MaxClimb)}");
        ControlOptionsException.ThrowUnlessAbove(MaxDescent, 0, $"{name}.{nameof(MaxDescent)}");
        ControlOptionsException.ThrowUnlessAbove(MaxAcceleration, 0, $"{name}.{nameof(MaxAcceleration)}");
        ControlOptionsException.ThrowUnlessWithin(MaxTilt, 0.02, 1.1, $"{name}.{nameof(MaxTilt)}");
        ControlOptionsException.ThrowUnlessAbove(MaxYawRate, 0, $"{name}.{nameof(MaxYawRate)}");
        ControlOptionsException.ThrowUnlessAbove(Ceiling, 0, $"{name}.{nameof(Ceiling)}");
        ControlOptionsException.ThrowUnlessWithin(Floor, 0, Ceiling, $"{name}.{nameof(Floor)}");
        ControlOptionsException.ThrowUnlessWithin(FenceMargin, 0, Ceiling - Floor, $"{name}.{nameof(FenceMargin)}");
        ControlOptionsException.ThrowUnlessWithin(BatteryFloor, 0, 1, $"{name}.{nameof(BatteryFloor)}");
        Vehicle.Check();
        if (Geofence.Count is 1 or 2)
            throw new ControlOptionsException($"{name}.{nameof(Geofence)}", "a fence has at least three corners; leave it empty for none");
        foreach (var corner in Geofence)
        {
            if (!double.IsFinite(corner.X) || !double.IsFinite(corner.Y))
                throw new ControlOptionsException($"{name}.{nameof(Geofence)}", $"corner ({corner.X}, {corner.Y}) is not a point");
        }
    }
}
