namespace EdgeMas.Host.Configuration;

/// <summary>Reads the simulated yard and checks that its parts fit together: everything within the bounds, the rover within its geofence.</summary>
internal static class WorldReader
{
    private const double Far = 1000;
    private const string PointShape = "[x, y] in metres";
    private const string SpotShape = "[x, y, heading] in metres and degrees";

    public static readonly string[] Colors = ["red", "green", "blue", "yellow", "orange", "purple"];

    public static WorldConfiguration Read(Section section)
    {
        var bounds = ReadBounds(section);
        var world = new WorldConfiguration(
            section.Whole("seed", 1, 0, int.MaxValue),
            bounds,
            ReadSpot(section, "rover"),
            ReadSpot(section, "dock"),
            ReadGeofence(section, bounds),
            [.. section.Children("walls").Select(ReadWall)],
            [.. section.Children("balls").Select(ball => ReadBall(ball, bounds))],
            [.. section.Children("boxes").Select(box => ReadBox(box, bounds))],
            [.. section.Children("tags").Select(tag => ReadTag(tag, bounds))],
            ReadPlaces(section.Child("places"), bounds),
            ReadNoise(section.Child("noise")),
            ReadBattery(section.Child("battery")));
        if (!Inside(world.Geofence, new Point(world.Rover.X, world.Rover.Y)))
            section.Refuse("rover", "starts outside the geofence: move it, or widen world.geofence");
        section.Close();
        return world;
    }

    /// <summary>Even-odd rule over a closed polygon. Source: Shimrat, 1962.</summary>
    internal static bool Inside(IReadOnlyList<Point> corners, Point point)
    {
        var inside = false;
        for (int i = 0, j = corners.Count - 1; i < corners.Count; j = i++)
        {
            var (a, b) = (corners[i], corners[j]);
            if (a.Y > point.Y != b.Y > point.Y && point.X < ((b.X - a.X) * (point.Y - a.Y) / (b.Y - a.Y)) + a.X)
                inside = !inside;
        }
        return inside;
    }

    private static Area ReadBounds(Section section)
    {
        const string Shape = "[min x, min y, max x, max y] in metres";
        if (section.Numbers("bounds", 4, -Far, Far, Shape) is not { } b)
            return new Area(-20, -20, 20, 20);
        if (b[2] - b[0] < 1 || b[3] - b[1] < 1)
            section.Refuse("bounds", $"holds no square metre: write {Shape}, the larger numbers last");
        return new Area(b[0], b[1], b[2], b[3]);
    }

    private static Spot ReadSpot(Section section, string key)
    {
        var s = section.Numbers(key, 3, -Far, Far, SpotShape) ?? new double[3];
        return new Spot(s[0], s[1], s[2] * Math.PI / 180);
    }

    private static IReadOnlyList<Point> ReadGeofence(Section section, Area bounds)
    {
        var corners = section.NumberLists("geofence", 2, -Far, Far, PointShape);
        if (corners.Count == 0)
            return [new(bounds.MinX, bounds.MinY), new(bounds.MaxX, bounds.MinY), new(bounds.MaxX, bounds.MaxY), new(bounds.MinX, bounds.MaxY)];
        if (corners.Count is < 3 or > 64)
            section.Refuse("geofence", $"{corners.Count} corners: an area has 3 to 64");
        return [.. corners.Select(corner => new Point(corner[0], corner[1]))];
    }

    private static WallConfiguration ReadWall(Section section)
    {
        var wall = new WallConfiguration(
            ToPoint(section.RequiredNumbers("from", 2, -Far, Far, PointShape)), ToPoint(section.RequiredNumbers("to", 2, -Far, Far, PointShape)),
            section.Number("height_m", 0.6, 0.05, 10));
        section.Close();
        return wall;
    }

    private static BallConfiguration ReadBall(Section section, Area bounds)
    {
        var ball = new BallConfiguration(ReadColor(section), ReadPlaceOf(section, bounds), section.Number("radius_m", 0.2, 0.02, 5));
        section.Close();
        return ball;
    }

    private static BoxConfiguration ReadBox(Section section, Area bounds)
    {
        var box = new BoxConfiguration(ReadColor(section), ReadPlaceOf(section, bounds), section.Number("size_m", 0.6, 0.05, 10));
        section.Close();
        return box;
    }

    private static TagConfiguration ReadTag(Section section, Area bounds)
    {
        if (!section.Has("id"))
            section.Refuse("id", "is missing: write id: 0 to 586 (AprilTag family 36h11)");
        var tag = new TagConfiguration(
            section.Whole("id", 0, 0, 586), ReadPlaceOf(section, bounds), section.Number("facing_deg", 180, -360, 360) * Math.PI / 180, section.Number("size_m", 0.4, 0.02, 5));
        section.Close();
        return tag;
    }

    private static Dictionary<string, Point> ReadPlaces(Section section, Area bounds)
    {
        var places = new Dictionary<string, Point>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in section.Keys.ToArray())
        {
            var point = ToPoint(section.RequiredNumbers(name, 2, -Far, Far, PointShape));
            if (!bounds.Holds(point))
                section.Refuse(name, $"[{point.X:0.##}, {point.Y:0.##}] is outside world.bounds");
            places[name.ToLowerInvariant()] = point;
        }
        section.Close();
        return places;
    }

    private static NoiseConfiguration ReadNoise(Section section)
    {
        var noise = new NoiseConfiguration(
            section.Number("wheel_slip", 0.01, 0, 0.5), section.Number("yaw_rate_dps", 0.2, 0, 45) * Math.PI / 180, section.Number("range_m", 0.01, 0, 1),
            section.Number("camera", 2, 0, 64));
        section.Close();
        return noise;
    }

    private static BatteryConfiguration ReadBattery(Section section)
    {
        var battery = new BatteryConfiguration(section.Number("charge_percent", 90, 1, 100) / 100, section.Number("capacity_wh", 50, 0.1, 100_000));
        section.Close();
        return battery;
    }

    private static string ReadColor(Section section) => section.Choice("color", "red", Colors);

    private static Point ReadPlaceOf(Section section, Area bounds)
    {
        var point = ToPoint(section.RequiredNumbers("at", 2, -Far, Far, PointShape));
        if (!bounds.Holds(point))
            section.Refuse("at", $"[{point.X:0.##}, {point.Y:0.##}] is outside world.bounds");
        return point;
    }

    private static Point ToPoint(double[] numbers) => new(numbers[0], numbers[1]);
}
