using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Description;
using EdgeMas.Simulation.Rendering;

namespace EdgeMas.Host.Configuration;

/// <summary>Reads the simulated yard and checks that its parts fit together: everything within its size, the rover within its geofence.</summary>
internal static class WorldReader
{
    private const double Far = 1000;
    private const int LastTag = 29;
    private const string PointShape = "[x, y] in metres";
    private const string SpotShape = "[x, y, heading] in metres and degrees";

    private static readonly string[] Colors = [.. Colour.Known.Order(StringComparer.Ordinal)];

    public static WorldDescription Read(Section section)
    {
        var usual = new WorldDescription();
        var size = section.Numbers("size", 2, 1, Far, "[width, depth] in metres") ?? [usual.WidthM, usual.DepthM];
        var start = section.Numbers("start", 3, -Far, Far, SpotShape) ?? [usual.Start.At.X, usual.Start.At.Y, usual.Start.HeadingDeg];
        var dock = section.Numbers("dock", 3, -Far, Far, SpotShape) ?? start;
        var world = new WorldDescription
        {
            Seed = section.Whole("seed", 1, 0, int.MaxValue),
            WidthM = size[0],
            DepthM = size[1],
            BorderHeightM = section.Number("border_height_m", usual.BorderHeightM, 0, 10),
            Start = new StartDescription(new PointM(start[0], start[1]), start[2]),
            Dock = new PlaceDescription("dock", new PointM(dock[0], dock[1]), dock[2]),
            Geofence = ReadGeofence(section),
            Walls = [.. section.Children("walls").Select(ReadWall)],
            Balls = [.. section.Children("balls").Select(ball => ReadBall(ball, size))],
            Boxes = [.. section.Children("boxes").Select(box => ReadBox(box, size))],
            Obstacles = [.. section.Children("obstacles").Select(obstacle => ReadObstacle(obstacle, size))],
            Tags = [.. section.Children("tags").Select(tag => ReadTag(tag, size))],
            Places = ReadPlaces(section.Child("places"), size),
            Rover = ReadRover(section.Child("rover")),
        };
        CheckSpot(section, "start", world.Start.At, world);
        CheckSpot(section, "dock", world.Dock.At, world);
        section.Close();
        return world;
    }

    /// <summary>Even-odd rule over a closed polygon; an empty one holds everything. Source: Shimrat, 1962.</summary>
    internal static bool Inside(IReadOnlyList<PointM> corners, PointM point)
    {
        var inside = corners.Count == 0;
        for (int i = 0, j = corners.Count - 1; i < corners.Count; j = i++)
        {
            var (a, b) = (corners[i], corners[j]);
            if (a.Y > point.Y != b.Y > point.Y && point.X < ((b.X - a.X) * (point.Y - a.Y) / (b.Y - a.Y)) + a.X)
                inside = !inside;
        }
        return inside;
    }

    private static void CheckSpot(Section section, string key, PointM at, WorldDescription world)
    {
        if (at.X < 0 || at.Y < 0 || at.X > world.WidthM || at.Y > world.DepthM)
            section.Refuse(key, $"[{at.X:0.##}, {at.Y:0.##}] is outside the yard, which reaches from [0, 0] to world.size [{world.WidthM:0.##}, {world.DepthM:0.##}]");
        else if (!Inside(world.Geofence, at))
            section.Refuse(key, $"[{at.X:0.##}, {at.Y:0.##}] is outside world.geofence: move it, or widen the fence");
    }

    private static PointM[] ReadGeofence(Section section)
    {
        var corners = section.NumberLists("geofence", 2, -Far, Far, PointShape);
        if (corners.Count is 1 or 2 or > 64)
            section.Refuse("geofence", $"{corners.Count} corners: a fence has 3 to 64, or none at all");
        return [.. corners.Select(ToPoint)];
    }

    private static WallDescription ReadWall(Section section)
    {
        var wall = new WallDescription(
            ToPoint(section.RequiredNumbers("from", 2, -Far, Far, PointShape)), ToPoint(section.RequiredNumbers("to", 2, -Far, Far, PointShape)),
            section.Number("height_m", 1.2, 0.05, 10), section.Choice("color", "grey", Colors));
        section.Close();
        return wall;
    }

    private static BallDescription ReadBall(Section section, double[] size)
    {
        var ball = new BallDescription(section.Choice("color", "red", Colors), ReadAt(section, size), section.Number("radius_m", 0.2, 0.02, 5));
        section.Close();
        return ball;
    }

    private static BoxDescription ReadBox(Section section, double[] size)
    {
        var sides = section.Numbers("size", 3, 0.02, 100, "[width, depth, height] in metres") ?? [0.8, 0.8, 0.8];
        var box = new BoxDescription(section.Choice("color", "brown", Colors), ReadAt(section, size), sides[0], sides[1], sides[2], section.Number("heading_deg", 0, -360, 360));
        section.Close();
        return box;
    }

    private static ObstacleDescription ReadObstacle(Section section, double[] size)
    {
        var obstacle = new ObstacleDescription(
            section.RequiredText("name", "tree"), ReadAt(section, size), section.Number("radius_m", 0.2, 0.02, 10), section.Number("height_m", 2, 0.05, 30),
            section.Choice("color", "brown", Colors));
        section.Close();
        return obstacle;
    }

    private static TagDescription ReadTag(Section section, double[] size)
    {
        if (!section.Has("id"))
            section.Refuse("id", "is missing: write id: 0 to 29 (of AprilTag family 36h11)");
        var tag = new TagDescription(
            section.Whole("id", 0, 0, LastTag), ReadAt(section, size), section.Number("facing_deg", 180, -360, 360), section.Number("height_m", 0.5, 0, 10),
            section.Number("size_m", 0.4, 0.02, 5));
        section.Close();
        return tag;
    }

    private static List<PlaceDescription> ReadPlaces(Section section, double[] size)
    {
        var places = new List<PlaceDescription>();
        foreach (var name in section.Keys.ToArray())
        {
            var at = ToPoint(section.RequiredNumbers(name, 2, -Far, Far, PointShape));
            CheckInside(section, name, at, size);
            places.Add(new PlaceDescription(name.ToLowerInvariant(), at));
        }
        section.Close();
        return places;
    }

    private static RoverDescription ReadRover(Section section)
    {
        var usual = new RoverDescription();
        var rover = usual with
        {
            SlipSigma = section.Number("slip", usual.SlipSigma, 0, 0.5),
            GyroNoiseRadPerS = section.Number("gyro_noise_dps", usual.GyroNoiseRadPerS * 180 / Math.PI, 0, 45) * Math.PI / 180,
            RangeReachM = section.Number("range_reach_m", usual.RangeReachM, 0.1, 100),
            RangeNoiseM = section.Number("range_noise_m", usual.RangeNoiseM, 0, 1),
            BatteryStart = section.Number("battery_percent", usual.BatteryStart * 100, 0, 100) / 100,
            BatteryCapacityWh = section.Number("battery_wh", usual.BatteryCapacityWh, 0.1, 100_000),
        };
        rover = ReadDrive(section, rover);
        section.Close();
        return rover;
    }

    /// <summary>One word, or a mapping with the wheels' measures.</summary>
    private static RoverDescription ReadDrive(Section rover, RoverDescription usual)
    {
        var isMapping = rover.IsMapping("drive");
        var section = isMapping ? rover.Child("drive") : rover;
        var drive = section.Choice(isMapping ? "kind" : "drive", "differential", "differential", "mecanum", "ackermann") switch
        {
            "mecanum" => DriveKind.Mecanum,
            "ackermann" => DriveKind.Ackermann,
            _ => DriveKind.Differential,
        };
        if (!isMapping)
            return usual with { Drive = drive };
        var read = usual with
        {
            Drive = drive,
            WheelRadiusM = section.Number("wheel_radius_m", usual.WheelRadiusM, 0.01, 1),
            TrackWidthM = section.Number("track_m", usual.TrackWidthM, 0.05, 5),
            MaxWheelSpeedRadPerS = section.Number("max_wheel_speed_radps", usual.MaxWheelSpeedRadPerS, 0.5, 500),
        };
        if (drive != DriveKind.Differential)
            read = read with { WheelBaseM = section.Number("wheelbase_m", usual.WheelBaseM, 0.05, 5) };
        else if (section.Has("wheelbase_m"))
            section.Refuse("wheelbase_m", "two wheels on one axle have none: remove it, or write kind: mecanum or kind: ackermann");
        const string steering = "max_steering_deg", rate = "max_steering_rate_dps";
        if (drive == DriveKind.Ackermann)
        {
            read = read with
            {
                MaxSteeringRad = section.Number(steering, Math.Round(usual.MaxSteeringRad * 180 / Math.PI), 5, 70) * Math.PI / 180,
                SteeringRateRadPerS = section.Number(rate, Math.Round(usual.SteeringRateRadPerS * 180 / Math.PI), 5, 1000) * Math.PI / 180,
            };
        }
        foreach (var key in new[] { steering, rate })
        {
            if (drive != DriveKind.Ackermann && section.Has(key))
                section.Refuse(key, "nothing steers here: remove it, or write kind: ackermann");
        }
        section.Close();
        return read;
    }

    private static PointM ReadAt(Section section, double[] size)
    {
        var at = ToPoint(section.RequiredNumbers("at", 2, -Far, Far, PointShape));
        CheckInside(section, "at", at, size);
        return at;
    }

    private static void CheckInside(Section section, string key, PointM at, double[] size)
    {
        if (at.X < 0 || at.Y < 0 || at.X > size[0] || at.Y > size[1])
            section.Refuse(key, $"[{at.X:0.##}, {at.Y:0.##}] is outside the yard, which reaches from [0, 0] to world.size [{size[0]:0.##}, {size[1]:0.##}]");
    }

    private static PointM ToPoint(double[] numbers) => new(numbers[0], numbers[1]);
}
