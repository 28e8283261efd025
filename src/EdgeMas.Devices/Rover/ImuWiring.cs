namespace EdgeMas.Devices.Rover;

/// <summary>An MPU-6050, flat on the rover.</summary>
/// <param name="UpsideDown">Its face looks down: it feels turning to the left as turning to the right.</param>
public sealed record ImuWiring(int I2cBus, int Address, bool UpsideDown = false);
