using EdgeMas.Control;
using EdgeMas.Control.Envelope;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Robot;

/// <summary>The envelope that a robot's configuration asks for.</summary>
internal static class ConfiguredLimits
{
    public static EnvelopeOptions Of(RobotConfiguration configuration)
    {
        var limits = configuration.Envelope;
        return new EnvelopeOptions
        {
            MaxSpeed = limits.MaxSpeed,
            MaxReverseSpeed = Math.Min(limits.MaxSpeed, 0.4),
            MaxAcceleration = limits.MaxAcceleration,
            MaxTurnRate = limits.MaxTurnRate,
            MaxTurnAcceleration = limits.MaxTurnAcceleration,
            MaxJerk = limits.MaxJerk,
            MaxTurnJerk = limits.MaxTurnJerk,
            BatteryFloor = limits.BatteryFloor,
            BatteryReserve = limits.BatteryReserve,
            StopDistance = limits.StopDistance,
            WatchdogPatience = limits.Watchdog,
            Geofence = [.. configuration.World.Geofence.Select(corner => new Point2D(corner.X, corner.Y))],
        };
    }
}
