namespace EdgeMas.Host.Configuration;

/// <summary>The simulated yard as the file describes it: metres, radians, heading 0 along x, counter-clockwise.</summary>
/// <param name="Geofence">Corners of the area that the robot must not leave.</param>
internal sealed record WorldConfiguration(
    int Seed,
    Area Bounds,
    Spot Rover,
    Spot Dock,
    IReadOnlyList<Point> Geofence,
    IReadOnlyList<WallConfiguration> Walls,
    IReadOnlyList<BallConfiguration> Balls,
    IReadOnlyList<BoxConfiguration> Boxes,
    IReadOnlyList<TagConfiguration> Tags,
    IReadOnlyDictionary<string, Point> Places,
    NoiseConfiguration Noise,
    BatteryConfiguration Battery);

internal readonly record struct Point(double X, double Y);

internal readonly record struct Spot(double X, double Y, double Heading);

internal readonly record struct Area(double MinX, double MinY, double MaxX, double MaxY)
{
    public bool Holds(Point point) => point.X >= MinX && point.X <= MaxX && point.Y >= MinY && point.Y <= MaxY;
}

internal sealed record WallConfiguration(Point From, Point To, double Height);

internal sealed record BallConfiguration(string Color, Point At, double Radius);

internal sealed record BoxConfiguration(string Color, Point At, double Size);

/// <param name="Facing">Where its printed side looks, radians.</param>
internal sealed record TagConfiguration(int Id, Point At, double Facing, double Size);

/// <param name="WheelSlip">Standard deviation of the part of a wheel's motion that is lost, 0 to 1.</param>
internal sealed record NoiseConfiguration(double WheelSlip, double YawRate, double Range, double Camera);

internal sealed record BatteryConfiguration(double Charge, double CapacityWattHours);
