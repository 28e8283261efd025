namespace EdgeMas.Devices.Power;

/// <summary>What the kernel's driver tells of a battery; null where it has no such figure.</summary>
/// <param name="Fraction">Of its capacity, 0 to 1.</param>
/// <param name="Amperes">Drivers differ in whether charging is negative: see <paramref name="Status"/>.</param>
/// <param name="Status">Charging, Discharging, Not charging, Full or Unknown.</param>
public readonly record struct BatteryReading(double? Fraction, double? Volts, double? Amperes, double? Celsius, string Status);
