namespace EdgeMas.Devices.Chips.Mpu6050;

/// <summary>Band width of the chip's filter. The values are the register's.</summary>
public enum LowPass
{
    Hertz184 = 1,
    Hertz94 = 2,
    Hertz44 = 3,
    Hertz21 = 4,
    Hertz10 = 5,
    Hertz5 = 6,
}
