namespace EdgeMas.Devices.Chips.Icm20948;

/// <summary>Band width of both filters, near enough: of the gyroscope and the accelerometer in hertz. The values are the registers'.</summary>
public enum Icm20948LowPass
{
    /// <summary>119.5 and 111.4.</summary>
    Hertz115 = 2,

    /// <summary>51.2 and 50.4.</summary>
    Hertz51 = 3,

    /// <summary>23.9 both.</summary>
    Hertz24 = 4,

    /// <summary>11.6 and 11.5.</summary>
    Hertz12 = 5,

    /// <summary>5.7 both.</summary>
    Hertz6 = 6,
}
