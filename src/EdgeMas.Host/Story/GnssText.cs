using System.Globalization;
using EdgeMas.Core.Events;

namespace EdgeMas.Host.Story;

/// <summary>A satellite receiver's word in one line for people.</summary>
internal static class GnssText
{
    /// <returns>Text without control characters, whoever sent it.</returns>
    public static string Of(GnssReport report) => StoryTeller.OneLine(
        report is { LatitudeDegrees: { } latitude, LongitudeDegrees: { } longitude }
            ? string.Create(CultureInfo.InvariantCulture, $"{latitude:0.000000}°, {longitude:0.000000}°, {report.Quality}{(report.Satellites is { } satellites ? $", {satellites} satellites" : "")}{(report.HorizontalDilution is { } dilution ? $", HDOP {dilution:0.0}" : "")}")
            : report.Trouble ?? "no fix");
}
