namespace EdgeMas.Devices.Quadrotor;

/// <summary>A VL53L0X that looks straight down.</summary>
/// <param name="MountHeight">Metres of it above the ground when the body stands; at least 0.03, its least range.</param>
public sealed record HeightWiring(int I2cBus, int Address, double MountHeight);
