using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Rendering;

namespace EdgeMas.Simulation.Description;

/// <summary>Checks a description before a world is made from it.</summary>
internal static class WorldValidation
{
    private const int MaxThings = 10_000;

    /// <exception cref="WorldDescriptionException">Names the first value that cannot be used.</exception>
    internal static void Check(WorldDescription world)
    {
        Above("width_m", world.WidthM);
        Above("depth_m", world.DepthM);
        AtLeastZero("border_height_m", world.BorderHeightM);
        Rover(world.Rover);
        Inside(world, "start", world.Start.At);
        Finite("start.heading_deg", world.Start.HeadingDeg);
        Inside(world, "dock", world.Dock.At);
        Each("walls", world.Walls, (path, wall) =>
        {
            Color($"{path}.color", wall.Color);
            Above($"{path}.height_m", wall.HeightM);
            Finite($"{path}.from", wall.From.X + wall.From.Y);
            Finite($"{path}.to", wall.To.X + wall.To.Y);
        });
        Each("balls", world.Balls, (path, ball) =>
        {
            Color($"{path}.color", ball.Color);
            Above($"{path}.radius_m", ball.RadiusM);
            Inside(world, path, ball.At);
        });
        Each("boxes", world.Boxes, (path, box) =>
        {
            Color($"{path}.color", box.Color);
            Above($"{path}.width_m", box.WidthM);
            Above($"{path}.depth_m", box.DepthM);
            Above($"{path}.height_m", box.HeightM);
            Finite($"{path}.heading_deg", box.HeadingDeg);
            Inside(world, path, box.At);
        });
        Each("obstacles", world.Obstacles, (path, obstacle) =>
        {
            Color($"{path}.color", obstacle.Color);
            Above($"{path}.radius_m", obstacle.RadiusM);
            Above($"{path}.height_m", obstacle.HeightM);
            Inside(world, path, obstacle.At);
        });
        Each("tags", world.Tags, (path, tag) =>
        {
            Above($"{path}.size_m", tag.SizeM);
            Finite($"{path}.facing_deg", tag.FacingDeg);
            if (tag.Id < 0 || tag.Id >= AprilTagCodes.Count)
                throw new WorldDescriptionException($"{path}.id", $"tag {tag.Id} cannot be drawn: use 0 to {AprilTagCodes.Count - 1}");
        });
        Each("places", world.Places, (path, place) =>
        {
            if (string.IsNullOrWhiteSpace(place.Name))
                throw new WorldDescriptionException($"{path}.name", "a place needs a name");
            Inside(world, path, place.At);
        });
        if (world.Geofence.Count is 1 or 2)
            throw new WorldDescriptionException("geofence", "a fence has at least three corners; leave it empty for none");
    }

    private static void Rover(RoverDescription rover)
    {
        Above("rover.wheel_radius_m", rover.WheelRadiusM);
        Above("rover.track_width_m", rover.TrackWidthM);
        if (!Enum.IsDefined(rover.Drive))
            throw new WorldDescriptionException("rover.drive", $"{rover.Drive} is no drive that can be simulated");
        if (rover.Drive != DriveKind.Differential)
            Above("rover.wheel_base_m", rover.WheelBaseM);
        if (rover.Drive == DriveKind.Ackermann)
        {
            if (rover.MaxSteeringRad is not (>= 0.01 and <= 1.5))
                throw new WorldDescriptionException("rover.max_steering_rad", $"{rover.MaxSteeringRad} must be between 0.01 and 1.5");
            Above("rover.steering_rate_rad_per_s", rover.SteeringRateRadPerS);
            Above("rover.steering_lag_s", rover.SteeringLagS);
            AtLeastZero("rover.steering_noise_rad", rover.SteeringNoiseRad);
        }
        Above("rover.body_radius_m", rover.BodyRadiusM);
        Above("rover.max_wheel_speed_rad_per_s", rover.MaxWheelSpeedRadPerS);
        Above("rover.max_wheel_acceleration_rad_per_s2", rover.MaxWheelAccelerationRadPerS2);
        Above("rover.brake_deceleration_rad_per_s2", rover.BrakeDecelerationRadPerS2);
        Above("rover.wheel_lag_s", rover.WheelLagS);
        Above("rover.command_timeout_s", rover.CommandTimeoutS);
        AtLeastZero("rover.slip_sigma", rover.SlipSigma);
        Above("rover.slip_correlation_s", rover.SlipCorrelationS);
        AtLeastZero("rover.slip_per_acceleration", rover.SlipPerAcceleration);
        Above("rover.encoder_counts_per_revolution", rover.EncoderCountsPerRevolution);
        AtLeastZero("rover.gyro_noise_rad_per_s", rover.GyroNoiseRadPerS);
        AtLeastZero("rover.gyro_bias_sigma_rad_per_s", rover.GyroBiasSigmaRadPerS);
        Above("rover.range_reach_m", rover.RangeReachM);
        AtLeastZero("rover.range_noise_m", rover.RangeNoiseM);
        Share("rover.range_dropout_probability", rover.RangeDropoutProbability);
        Above("rover.battery_capacity_wh", rover.BatteryCapacityWh);
        Share("rover.battery_start", rover.BatteryStart);
        AtLeastZero("rover.idle_power_w", rover.IdlePowerW);
        AtLeastZero("rover.drive_power_w_per_mps", rover.DrivePowerWPerMps);
        AtLeastZero("rover.charge_power_w", rover.ChargePowerW);
    }

    private static void Each<T>(string path, IReadOnlyList<T> things, Action<string, T> check)
    {
        if (things.Count > MaxThings)
            throw new WorldDescriptionException(path, $"{things.Count:N0} entries; at most {MaxThings:N0} are allowed");
        for (var i = 0; i < things.Count; i++)
            check($"{path}[{i}]", things[i]);
    }

    private static void Above(string path, double value)
    {
        if (!(value > 0) || !double.IsFinite(value))
            throw new WorldDescriptionException(path, $"{value} must be a number above 0");
    }

    private static void AtLeastZero(string path, double value)
    {
        if (!(value >= 0) || !double.IsFinite(value))
            throw new WorldDescriptionException(path, $"{value} must be a number, 0 or above");
    }

    private static void Share(string path, double value)
    {
        if (value is not (>= 0 and <= 1))
            throw new WorldDescriptionException(path, $"{value} must be between 0 and 1");
    }

    private static void Finite(string path, double value)
    {
        if (!double.IsFinite(value))
            throw new WorldDescriptionException(path, $"{value} must be a finite number");
    }

    private static void Color(string path, string name)
    {
        if (!Colour.Known.Contains(name, StringComparer.OrdinalIgnoreCase))
            throw new WorldDescriptionException(path, $"'{name}' is no known colour: use one of {string.Join(", ", Colour.Known)}");
    }

    private static void Inside(WorldDescription world, string path, PointM point)
    {
        if (!(point.X >= 0 && point.X <= world.WidthM && point.Y >= 0 && point.Y <= world.DepthM))
            throw new WorldDescriptionException(path, $"({point.X}, {point.Y}) lies outside the world of {world.WidthM} × {world.DepthM} m");
    }
}
