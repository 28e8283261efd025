namespace EdgeMas.Devices.Watches;

/// <summary>A value with the moment it was read.</summary>
internal readonly record struct Stamped(long Timestamp, double Value);
