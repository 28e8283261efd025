namespace EdgeMas.Devices.Chips;

/// <summary>Full scale of the accelerometer, in multiples of standard gravity. The values are the register's.</summary>
public enum AccelerometerRange
{
    G2 = 0,
    G4 = 1,
    G8 = 2,
    G16 = 3,
}
