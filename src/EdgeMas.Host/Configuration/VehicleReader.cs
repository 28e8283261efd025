using EdgeMas.Control;
using EdgeMas.Control.Arm;
using EdgeMas.Control.Flight;
using EdgeMas.Control.Process;
using EdgeMas.Control.Trajectory;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Arm;
using EdgeMas.Simulation.Flight;

namespace EdgeMas.Host.Configuration;

/// <summary>Reads what kind of vehicle the robot is and, for those beside the rover, their bodies and limits.</summary>
internal static class VehicleReader
{
    private const double Degree = Math.PI / 180;

    public static RobotConfiguration Read(Section root, RobotConfiguration robot)
    {
        var kind = root.Choice("kind", "rover", "rover", "quadrotor", "arm");
        if (kind == "rover")
            return robot;
        if (root.Has("envelope"))
            root.Refuse("envelope", $"these are a rover's limits: those of this robot stand under {kind}:");
        if (kind == "quadrotor" && robot.Control.RateHz < CoreSettings.LeastFlightRateHz)
            root.Child("control").Refuse("rate_hz", $"{robot.Control.RateHz} is too slow for a quadrotor: write {CoreSettings.LeastFlightRateHz} or more, or leave it out for {ControlConfiguration.FlightRateHz}");
        var section = root.Child(kind);
        if (!root.Has(kind))
            root.Refuse(kind, kind == "arm" ? "is missing: write arm: { joints: [ … ] }" : "is missing: write quadrotor: { mass_kg: 1.5 }");
        var read = kind == "arm" ? ReadArm(section, root, robot) : ReadQuadrotor(section, root, robot);
        section.Close();
        return read;
    }

    private static RobotConfiguration ReadArm(Section section, Section root, RobotConfiguration robot)
    {
        var arm = ReadArm(section);
        if (ArmBodyReader.Read(root, arm) is not { } body)
            return robot with { Arm = arm };
        // The servos' thread looks at the chip at their rate, and a chip that is silent holds them: there is time.
        var vehicle = arm.Limits.Vehicle with { ReadingPatience = TimeSpan.FromMilliseconds(100), BodyPatience = TimeSpan.FromMilliseconds(250) };
        return robot with { Arm = arm with { Limits = arm.Limits with { Vehicle = vehicle } }, ArmBody = body };
    }

    private static RobotConfiguration ReadQuadrotor(Section section, Section root, RobotConfiguration robot)
    {
        var quadrotor = ReadQuadrotor(section, robot);
        var description = quadrotor.Body;
        if (QuadrotorBodyReader.Read(root, robot, ref description) is not { } body)
            return robot with { Quadrotor = quadrotor };
        foreach (var key in new[] { "wind_mps", "gust_mps", "battery_percent", "battery_wh" }.Where(section.Has))
            section.Refuse(key, "belongs to a simulated quadrotor: remove it");
        return robot with { Quadrotor = quadrotor with { Body = description }, QuadrotorBody = body };
    }

    private static QuadrotorConfiguration ReadQuadrotor(Section section, RobotConfiguration robot)
    {
        var (usual, limit, way) = (new QuadrotorDescription(), new FlightLimits(), new FlightOptions());
        var wind = section.Numbers("wind_mps", 2, -20, 20, "[x, y] in metres a second") ?? [0, 0];
        var start = robot.World.Start;
        var body = usual with
        {
            Seed = robot.World.Seed,
            StartXM = start.At.X,
            StartYM = start.At.Y,
            StartYawDeg = start.HeadingDeg,
            MassKg = section.Number("mass_kg", usual.MassKg, 0.2, 3),
            WindXMps = wind[0],
            WindYMps = wind[1],
            GustSigmaMps = section.Number("gust_mps", usual.GustSigmaMps, 0, 10),
            BatteryStart = section.Number("battery_percent", usual.BatteryStart * 100, 0, 100) / 100,
            BatteryCapacityWh = section.Number("battery_wh", usual.BatteryCapacityWh, 0.1, 10_000),
        };
        var maxSpeed = section.Number("max_speed_mps", limit.MaxSpeed, 0.2, 15);
        var ceiling = section.Number("ceiling_m", limit.Ceiling, 1, 120);
        var limits = new FlightLimits
        {
            MaxSpeed = maxSpeed,
            MaxClimb = section.Number("max_climb_mps", limit.MaxClimb, 0.2, 8),
            MaxDescent = section.Number("max_descent_mps", limit.MaxDescent, 0.4, 3),
            MaxAcceleration = section.Number("max_acceleration_mps2", limit.MaxAcceleration, 0.2, 5),
            MaxTilt = section.Number("max_tilt_deg", Math.Round(limit.MaxTilt / Degree), 5, 45) * Degree,
            MaxYawRate = section.Number("max_yaw_rate_dps", Math.Round(limit.MaxYawRate / Degree), 5, 360) * Degree,
            Geofence = [.. robot.World.Geofence.Select(corner => new Point2D(corner.X, corner.Y))],
            Ceiling = ceiling,
            Floor = section.Number("floor_m", Math.Min(limit.Floor, ceiling / 4), 0.2, 50),
            FenceMargin = section.Number("fence_margin_m", Math.Min(limit.FenceMargin, ceiling / 4), 0.1, 20),
            BatteryFloor = section.Number("battery_floor_percent", limit.BatteryFloor * 100, 0, 90) / 100,
            Vehicle = ReadVehicle(section),
        };
        var options = way with
        {
            CruiseSpeed = section.Number("cruise_speed_mps", Math.Min(way.CruiseSpeed, maxSpeed), 0.2, 15),
            SafeHover = TimeSpan.FromSeconds(section.Number("safe_hover_s", way.SafeHover.TotalSeconds, 0, 60)),
            EStop = section.Choice("estop", "land", "land", "cut") == "cut" ? FlightStop.Cut : FlightStop.Land,
        };
        if (options.CruiseSpeed > maxSpeed)
            section.Refuse("cruise_speed_mps", $"is above max_speed_mps ({maxSpeed:0.##}): lower it or raise the limit");
        Check(section, "ceiling_m", limits.Check);
        return new QuadrotorConfiguration(body, limits, options);
    }

    private static ArmConfiguration ReadArm(Section section)
    {
        var joints = new List<ArmJoint>();
        var servos = new List<ServoDescription>();
        foreach (var each in section.Children("joints"))
        {
            var range = each.RequiredNumbers("range_deg", 2, -360, 360, "[least, most] in degrees");
            var motion = new MotionLimits(
                each.Number("max_speed_dps", 90, 1, 720) * Degree, each.Number("max_acceleration_dps2", 230, 1, 10_000) * Degree, each.Number("max_jerk_dps3", 2300, 10, 100_000) * Degree);
            joints.Add(new ArmJoint(
                each.Number("a_m", 0, -2, 2), each.Number("alpha_deg", 0, -180, 180) * Degree, each.Number("d_m", 0, -2, 2), each.Number("zero_deg", 0, -360, 360) * Degree,
                range[0] * Degree, range[1] * Degree, motion));
            var start = each.Number("start_deg", Math.Clamp(0, Math.Min(range[0], range[1]), Math.Max(range[0], range[1])), -360, 360);
            if (start < range[0] || start > range[1])
                each.Refuse("start_deg", $"{start:0.##} lies outside range_deg [{range[0]:0.##}, {range[1]:0.##}]");
            servos.Add(new ServoDescription(start, MaxSpeedRadPerS: 1.5 * motion.Speed));
            each.Close();
        }
        if (joints.Count is < 2 or > JointVector.Capacity)
            section.Refuse("joints", $"{joints.Count} joints: an arm has 2 to {JointVector.Capacity}, each such as {{ a_m: 0.2, alpha_deg: 0, d_m: 0, range_deg: [-90, 90] }}");
        var workspace = section.Child("workspace");
        var least = workspace.Numbers("least", 3, -10, 10, "[x, y, z] in metres") ?? [-2, -2, 0];
        var most = workspace.Numbers("most", 3, -10, 10, "[x, y, z] in metres") ?? [2, 2, 3];
        workspace.Close();
        var limits = new ArmLimits
        {
            Joints = joints,
            WorkspaceLeast = new Vector3D(least[0], least[1], least[2]),
            WorkspaceMost = new Vector3D(most[0], most[1], most[2]),
            Vehicle = ReadVehicle(section),
        };
        if (joints.Count is >= 2 and <= JointVector.Capacity)
            Check(section, "joints", limits.Check);
        return new ArmConfiguration(limits, servos);
    }

    private static VehicleLimits ReadVehicle(Section section) =>
        new() { WatchdogPatience = TimeSpan.FromMilliseconds(section.Number("watchdog_ms", 1000, 20, 5000)) };

    private static void Check(Section section, string key, Action check)
    {
        try
        {
            check();
        }
        catch (ControlOptionsException error)
        {
            section.Refuse(key, error.Message);
        }
    }
}
