using EdgeMas.Control.Drives;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Envelope;

/// <summary>The limits that every command to the wheels must pass. Metres, seconds, radians; the battery from 0 to 1.</summary>
public sealed record EnvelopeOptions
{
    public double MaxSpeed { get; init; } = 1;

    /// <summary>Backwards, where no range finder looks.</summary>
    public double MaxReverseSpeed { get; init; } = 0.4;

    /// <summary>To the left or right, of mecanum wheels; no range finder looks there either. Accelerations and jerk are those of driving.</summary>
    public double MaxSideSpeed { get; init; } = 0.4;

    public double MaxAcceleration { get; init; } = 0.8;

    public double MaxDeceleration { get; init; } = 1.2;

    /// <summary>How fast the acceleration may change, metres per second cubed; infinity for no limit. Brakes know none.</summary>
    public double MaxJerk { get; init; } = 20;

    public double MaxTurnRate { get; init; } = 1.5;

    public double MaxTurnAcceleration { get; init; } = 4;

    /// <summary>Radians per second cubed; infinity for no limit.</summary>
    public double MaxTurnJerk { get; init; } = 120;

    /// <summary>Radians a second of any one wheel; infinity for no limit but what the base may do. Limits of the base that could together ask more of a wheel are refused.</summary>
    public double MaxWheelSpeed { get; init; } = double.PositiveInfinity;

    /// <summary>Radians per second squared of any one wheel; brakes know none.</summary>
    public double MaxWheelAcceleration { get; init; } = double.PositiveInfinity;

    /// <summary>Radians per second cubed of any one wheel.</summary>
    public double MaxWheelJerk { get; init; } = double.PositiveInfinity;

    /// <summary>Radians of the inner front wheel of a base that steers; infinity for what its body can.</summary>
    public double MaxSteering { get; init; } = double.PositiveInfinity;

    /// <summary>Radians a second of the steering; infinity for what its body can.</summary>
    public double MaxSteeringRate { get; init; } = double.PositiveInfinity;

    /// <summary>Amperes of the harder working motor; infinity for motors whose current is not measured. Above it the base slows, for longer than <see cref="MotorPatience"/> it stops.</summary>
    public double MaxMotorCurrent { get; init; } = double.PositiveInfinity;

    /// <summary>Degrees Celsius of the hotter motor; infinity where it is not measured. In the ten degrees below, the speed falls to nothing.</summary>
    public double MaxMotorTemperature { get; init; } = double.PositiveInfinity;

    /// <summary>How long a motor may draw too much, a steering may not follow, or something that is needed may not be measured.</summary>
    public TimeSpan MotorPatience { get; init; } = TimeSpan.FromMilliseconds(300);

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

    /// <summary>How old the body's newest reading may be: for a loop that ticks faster than its body senses. Zero: each tick needs a new one.</summary>
    public TimeSpan ReadingPatience { get; init; }

    /// <summary>How long a host in another process may be silent before the base is braked; infinite where host and loop are one process.</summary>
    public TimeSpan HostPatience { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Whether a base with such wheels can be controlled within these limits.</summary>
    /// <exception cref="ControlOptionsException">It cannot; the message names the first option or measure in the way.</exception>
    public void CheckFor(in WheeledGeometry drive)
    {
        Check();
        _ = DriveTrain.Of(drive, this);
    }

    internal void Check()
    {
        const string name = nameof(EnvelopeOptions);
        ControlOptionsException.ThrowUnlessAbove(MaxSpeed, 0, $"{name}.{nameof(MaxSpeed)}");
        ControlOptionsException.ThrowUnlessAbove(MaxReverseSpeed, 0, $"{name}.{nameof(MaxReverseSpeed)}");
        ControlOptionsException.ThrowUnlessAbove(MaxAcceleration, 0, $"{name}.{nameof(MaxAcceleration)}");
        ControlOptionsException.ThrowUnlessAbove(MaxDeceleration, 0, $"{name}.{nameof(MaxDeceleration)}");
        ControlOptionsException.ThrowUnlessLimit(MaxJerk, $"{name}.{nameof(MaxJerk)}");
        ControlOptionsException.ThrowUnlessAbove(MaxTurnRate, 0, $"{name}.{nameof(MaxTurnRate)}");
        ControlOptionsException.ThrowUnlessAbove(MaxTurnAcceleration, 0, $"{name}.{nameof(MaxTurnAcceleration)}");
        ControlOptionsException.ThrowUnlessLimit(MaxTurnJerk, $"{name}.{nameof(MaxTurnJerk)}");
        ControlOptionsException.ThrowUnlessAbove(MaxSideSpeed, 0, $"{name}.{nameof(MaxSideSpeed)}");
        ControlOptionsException.ThrowUnlessLimit(MaxWheelSpeed, $"{name}.{nameof(MaxWheelSpeed)}");
        ControlOptionsException.ThrowUnlessLimit(MaxWheelAcceleration, $"{name}.{nameof(MaxWheelAcceleration)}");
        ControlOptionsException.ThrowUnlessLimit(MaxWheelJerk, $"{name}.{nameof(MaxWheelJerk)}");
        ControlOptionsException.ThrowUnlessLimit(MaxSteering, $"{name}.{nameof(MaxSteering)}");
        ControlOptionsException.ThrowUnlessLimit(MaxSteeringRate, $"{name}.{nameof(MaxSteeringRate)}");
        ControlOptionsException.ThrowUnlessLimit(MaxMotorCurrent, $"{name}.{nameof(MaxMotorCurrent)}");
        ControlOptionsException.ThrowUnlessLimit(MaxMotorTemperature, $"{name}.{nameof(MaxMotorTemperature)}");
        ControlOptionsException.ThrowUnlessAbove(StopDistance, 0, $"{name}.{nameof(StopDistance)}");
        ControlOptionsException.ThrowUnlessWithin(GeofenceMargin, 0, 100, $"{name}.{nameof(GeofenceMargin)}");
        ControlOptionsException.ThrowUnlessWithin(BatteryFloor, 0, 1, $"{name}.{nameof(BatteryFloor)}");
        ControlOptionsException.ThrowUnlessWithin(BatteryReserve, 0, BatteryFloor, $"{name}.{nameof(BatteryReserve)}");
        ControlOptionsException.ThrowUnlessAbove(RangePatience, TimeSpan.Zero, $"{name}.{nameof(RangePatience)}");
        ControlOptionsException.ThrowUnlessAbove(WatchdogPatience, TimeSpan.Zero, $"{name}.{nameof(WatchdogPatience)}");
        ControlOptionsException.ThrowUnlessAbove(LeaseDuration, TimeSpan.Zero, $"{name}.{nameof(LeaseDuration)}");
        ControlOptionsException.ThrowUnlessAbove(BodyPatience, TimeSpan.Zero, $"{name}.{nameof(BodyPatience)}");
        ControlOptionsException.ThrowUnlessAbove(MotorPatience, TimeSpan.Zero, $"{name}.{nameof(MotorPatience)}");
        if (ReadingPatience < TimeSpan.Zero)
            throw new ControlOptionsException($"{name}.{nameof(ReadingPatience)}", $"{ReadingPatience} is below zero");
        if (HostPatience != Timeout.InfiniteTimeSpan)
            ControlOptionsException.ThrowUnlessAbove(HostPatience, TimeSpan.Zero, $"{name}.{nameof(HostPatience)}");
        if (Geofence.Count is 1 or 2)
            throw new ControlOptionsException($"{name}.{nameof(Geofence)}", "a fence has at least three corners; leave it empty for none");
        foreach (var corner in Geofence)
        {
            if (!double.IsFinite(corner.X) || !double.IsFinite(corner.Y))
                throw new ControlOptionsException($"{name}.{nameof(Geofence)}", $"corner ({corner.X}, {corner.Y}) is not a point");
        }
    }
}
