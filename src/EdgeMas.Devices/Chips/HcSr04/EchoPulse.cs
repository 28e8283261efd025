using EdgeMas.Devices.Gpio;

namespace EdgeMas.Devices.Chips.HcSr04;

/// <summary>Makes metres of an echo's two edges. One thread.</summary>
internal sealed class EchoPulse
{
    /// <summary>The finder sees so far; its echo lasts 38 ms where it sees nothing.</summary>
    internal const double ReachMeters = 4.0;

    private long? _rose;

    internal bool IsOpen => _rose is not null;

    internal void Begin() => _rose = null;

    /// <param name="celsius">Of the air: sound is 0.18 % faster a degree.</param>
    /// <returns>True with the edge that ends the echo.</returns>
    internal bool Take(in GpioEdge edge, double celsius, out double meters)
    {
        meters = double.NaN;
        if (edge.Rising)
        {
            _rose = edge.TimestampNanoseconds;
            return false;
        }
        if (_rose is not { } rose)
            return false; // the end of an echo that began before this measurement
        _rose = null;
        var seconds = (edge.TimestampNanoseconds - rose) / 1e9;
        meters = seconds * SoundMetersPerSecond(celsius) / 2;
        if (meters > ReachMeters)
            meters = double.PositiveInfinity;
        return true;
    }

    /// <summary>Source: ideal gas with the values of dry air, 331.3 m/s at 0 °C.</summary>
    internal static double SoundMetersPerSecond(double celsius) => 331.3 * Math.Sqrt(1 + (celsius / 273.15));
}
