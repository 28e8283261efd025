namespace EdgeMas.Devices.Chips.Gnss;

/// <summary>What a receiver tells of one moment. With <see cref="GnssFixKind.None"/> there is no position; null stands for a figure that it did not tell.</summary>
/// <param name="LatitudeDegrees">−90 to 90, north positive, WGS 84; NaN without a fix.</param>
/// <param name="LongitudeDegrees">−180 to 180, east positive, WGS 84; NaN without a fix.</param>
/// <param name="AltitudeMeters">Above mean sea level.</param>
/// <param name="GeoidSeparationMeters">Of mean sea level above the ellipsoid: the height above the ellipsoid is the sum of both.</param>
/// <param name="Satellites">Used for it.</param>
/// <param name="HorizontalDilution">How much the satellites' places in the sky enlarge the error: 1 is good, above 5 poor; 99.99 for none.</param>
/// <param name="SpeedMetersPerSecond">Over ground, not negative.</param>
/// <param name="CourseDegrees">Of the motion over ground, not of the robot's nose: 0 to below 360, clockwise from true north. At a standstill receivers leave it out or tell noise.</param>
/// <param name="TimeOfDay">UTC.</param>
/// <param name="Utc">With the date.</param>
public readonly record struct GnssFix(
    GnssFixKind Kind,
    double LatitudeDegrees,
    double LongitudeDegrees,
    double? AltitudeMeters,
    double? GeoidSeparationMeters,
    int? Satellites,
    double? HorizontalDilution,
    double? SpeedMetersPerSecond,
    double? CourseDegrees,
    TimeSpan? TimeOfDay,
    DateTimeOffset? Utc)
{
    internal static GnssFix Nothing { get; } = new(GnssFixKind.None, double.NaN, double.NaN, null, null, null, null, null, null, null, null);

    /// <summary>There is a position.</summary>
    public bool HasPosition => Kind != GnssFixKind.None;
}
