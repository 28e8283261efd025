using System.Numerics;

namespace EdgeMas.Devices.Chips;

/// <summary>What an inertial sensor feels at one moment, on its own axes.</summary>
/// <param name="MetersPerSecondSquared">Proper acceleration: standing still, 9.81 upwards.</param>
/// <param name="RadiansPerSecond">Counter-clockwise about each axis.</param>
/// <param name="Celsius">Of the chip.</param>
public readonly record struct ImuReading(Vector3 MetersPerSecondSquared, Vector3 RadiansPerSecond, double Celsius);
