namespace EdgeMas.Devices.Gpio;

/// <summary>The resistor inside the chip that holds an input where nothing drives it.</summary>
public enum GpioBias
{
    /// <summary>As the boot loader or the overlay left it.</summary>
    AsFound,
    PullUp,
    PullDown,
    Off,
}
