using EdgeMas.Control;
using EdgeMas.Control.Envelope;
using EdgeMas.Core.Motion;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Robot;

/// <summary>The envelope that a robot's configuration asks for.</summary>
internal static class ConfiguredLimits
{
    public static EnvelopeOptions Of(RobotConfiguration configuration)
    {
        var (limits, drive) = (configuration.Envelope, configuration.World.Rover.Geometry);
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
            MaxSideSpeed = limits.MaxSideSpeed,
            MaxWheelSpeed = drive.Kind == DriveKind.Differential ? double.PositiveInfinity : configuration.World.Rover.MaxWheelSpeedRadPerS,
            MaxWheelAcceleration = limits.MaxWheelAcceleration,
            MaxWheelJerk = limits.MaxWheelJerk,
            MaxSteering = drive.Kind == DriveKind.Ackermann ? drive.MaxSteering : double.PositiveInfinity,
            MaxSteeringRate = drive.Kind == DriveKind.Ackermann ? drive.MaxSteeringRate : double.PositiveInfinity,
            Geofence = [.. configuration.World.Geofence.Select(corner => new Point2D(corner.X, corner.Y))],
        };
    }
}
