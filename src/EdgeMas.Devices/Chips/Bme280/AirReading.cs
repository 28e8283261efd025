namespace EdgeMas.Devices.Chips.Bme280;

/// <summary>The air about a sensor.</summary>
/// <param name="Celsius">Of the chip: its board warms it a little.</param>
/// <param name="Humidity">Relative, 0 to 1.</param>
public readonly record struct AirReading(double Celsius, double Pascals, double Humidity);
