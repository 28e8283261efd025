namespace EdgeMas.Devices.Chips;

/// <summary>What a current sensor measures.</summary>
/// <param name="BusVolts">Behind the shunt, to ground.</param>
/// <param name="Amperes">Through the shunt; negative while charging.</param>
/// <param name="Watts">As the chip multiplied them.</param>
public readonly record struct PowerReading(double BusVolts, double Amperes, double Watts);
