using System.Globalization;

namespace EdgeMas.Host.Configuration;

/// <summary>How fast a simulated world's time runs against real time.</summary>
internal static class ClockSpeed
{
    /// <returns>1 for <c>realtime</c>, infinity for <c>fast</c>, the factor of <c>4x</c> or <c>4</c>; null for anything else.</returns>
    public static double? TryParse(string text) => text switch
    {
        "realtime" => 1,
        "fast" => double.PositiveInfinity,
        _ => double.TryParse(text.TrimEnd('x', 'X', '×'), NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor is >= 0.05 and <= 1000 ? factor : null,
    };
}
