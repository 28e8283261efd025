namespace EdgeMas.Devices.Chips.Vl53l0x;

/// <summary>One measurement of a time-of-flight finder.</summary>
/// <param name="Meters">To the thing ahead; <see cref="double.PositiveInfinity"/> where too little light came back; NaN where the chip found itself faulty.</param>
/// <param name="Status">The chip's own verdict, of four bits.</param>
public readonly record struct RangeReading(double Meters, int Status)
{
    private const int NothingMillimeters = 8190;

    /// <summary>Source: ST, VL53L0X application programming interface 1.0.4, how it judges the four bits.</summary>
    internal static RangeReading Of(int status, int millimeters) => new(
        status switch
        {
            11 when millimeters < NothingMillimeters => millimeters / 1000.0,
            8 or 10 => 0, // below the least range: something is very near
            11 or 4 or 6 or 9 => double.PositiveInfinity, // too little light, or light of a phase that only far things give
            _ => double.NaN,
        },
        status);
}
