namespace EdgeMas.Core.Events;

/// <summary>Where a satellite receiver finds the robot: with every new fix, about once a second, and every two seconds without one. Null stands for a figure that it did not tell.</summary>
/// <param name="Quality">none, satellites, differential, precise, rtk_fixed, rtk_float, estimated, manual or simulated. With none there is no position.</param>
/// <param name="LatitudeDegrees">−90 to 90, north positive, WGS 84.</param>
/// <param name="LongitudeDegrees">−180 to 180, east positive, WGS 84.</param>
/// <param name="AltitudeMeters">Above mean sea level.</param>
/// <param name="Satellites">Used for it.</param>
/// <param name="HorizontalDilution">HDOP: 1 is good, above 5 poor.</param>
/// <param name="SpeedMetersPerSecond">Over ground.</param>
/// <param name="CourseDegrees">Of the motion, clockwise from true north; not where the robot looks.</param>
/// <param name="Utc">By the receiver's clock.</param>
/// <param name="Trouble">Why there is no fix, with the mend; null where there is one.</param>
public sealed record GnssReport(
    string Quality, double? LatitudeDegrees = null, double? LongitudeDegrees = null, double? AltitudeMeters = null, int? Satellites = null, double? HorizontalDilution = null,
    double? SpeedMetersPerSecond = null, double? CourseDegrees = null, DateTimeOffset? Utc = null, string? Trouble = null);
