namespace EdgeMas.Devices.Chips;

/// <summary>Full scale of the gyroscope, in degrees a second. The values are the register's.</summary>
public enum GyroscopeRange
{
    Degrees250 = 0,
    Degrees500 = 1,
    Degrees1000 = 2,
    Degrees2000 = 3,
}
