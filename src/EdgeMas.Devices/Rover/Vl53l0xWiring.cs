namespace EdgeMas.Devices.Rover;

/// <summary>A laser finder on a bus.</summary>
public sealed record Vl53l0xWiring(int I2cBus, int Address) : RangeFinderWiring;
