namespace EdgeMas.Devices.Errors;

/// <summary>A family of device nodes, with what a person does to have and to open them.</summary>
/// <param name="Group">Debian's and Raspberry Pi OS's group for them.</param>
/// <param name="UdevMatch">How a udev rule finds them.</param>
/// <param name="Pattern">Where the nodes are; several with a blank between.</param>
/// <param name="Enable">What makes them appear.</param>
public sealed record DeviceKind(string Group, string UdevMatch, string Pattern, string Enable)
{
    public static DeviceKind Gpio { get; } = new("gpio", "SUBSYSTEM==\"gpio\", KERNEL==\"gpiochip*\"", "/dev/gpiochip*", "the kernel needs CONFIG_GPIO_CDEV and the board's pin controller");

    public static DeviceKind I2c { get; } = new("i2c", "SUBSYSTEM==\"i2c-dev\"", "/dev/i2c-*", "load i2c-dev ('sudo modprobe i2c-dev') and enable the bus: on a Raspberry Pi 'dtparam=i2c_arm=on' in /boot/firmware/config.txt, on a Jetson jetson-io.py");

    public static DeviceKind Spi { get; } = new("spi", "SUBSYSTEM==\"spidev\"", "/dev/spidev*", "enable the bus: on a Raspberry Pi 'dtparam=spi=on' in /boot/firmware/config.txt, on a Jetson jetson-io.py");

    public static DeviceKind Pwm { get; } = new("gpio", "SUBSYSTEM==\"pwm\"", "/sys/class/pwm/pwmchip*", "enable it: on a Raspberry Pi 'dtoverlay=pwm-2chan' in /boot/firmware/config.txt, on a Jetson jetson-io.py");

    /// <summary>The rule is Debian's own: every serial port, and none of the screens' <c>/dev/tty0</c> to <c>tty63</c>.</summary>
    public static DeviceKind Serial { get; } = new("dialout", "SUBSYSTEM==\"tty\", KERNEL==\"tty[A-Z]*[0-9]\"", "/dev/ttyAMA* /dev/ttyTHS* /dev/ttyUSB* /dev/ttyACM* /dev/ttyS*", "enable it: on a Raspberry Pi 'enable_uart=1' in /boot/firmware/config.txt; plug a USB adapter in");

    public static DeviceKind Can { get; } = new("netdev", "SUBSYSTEM==\"net\"", "/sys/class/net/*", "'sudo ip link set can0 up type can bitrate 500000'");

    public static DeviceKind Watchdog { get; } = new("watchdog", "SUBSYSTEM==\"watchdog\"", "/dev/watchdog*", "load its driver: bcm2835_wdt on a Raspberry Pi, softdog ('sudo modprobe softdog') where there is no other");

    /// <returns>Lines to run once, by which a user may open such nodes.</returns>
    internal string UdevRule => $"{UdevMatch}, GROUP=\"{Group}\", MODE=\"0660\"";
}
