using EdgeMas.Devices.Buses;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Gpio;
using EdgeMas.Devices.Native;

namespace EdgeMas.Devices.Tests.Errors;

public sealed class DeviceNodeTests
{
    [Fact]
    public void Where_no_group_may_open_it_the_error_gives_the_udev_rule_and_the_group()
    {
        var error = DeviceNode.CannotOpen("/dev/null", DeviceKind.I2c, Errno.EACCES); // root's

        Assert.Contains("SUBSYSTEM==\"i2c-dev\", GROUP=\"i2c\", MODE=\"0660\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("usermod -aG i2c", error.Message, StringComparison.Ordinal);
        Assert.Equal(Errno.EACCES, error.ErrorNumber);
    }

    [Fact]
    public void Where_a_group_may_open_it_the_error_says_to_join_it()
    {
        var error = DeviceNode.CannotOpen("/etc/shadow", DeviceKind.Gpio, Errno.EACCES); // of the group shadow

        Assert.Contains("the group 'shadow' has it", error.Message, StringComparison.Ordinal);
        Assert.Contains("usermod -aG shadow", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("udev", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_bus_says_what_there_is_and_how_this_board_enables_it()
    {
        var error = Assert.Throws<DeviceException>(() => I2cBuses.Open(99, 0x40, enable: "add 'dtoverlay=i2c99' to /boot/firmware/config.txt"));

        Assert.StartsWith("/dev/i2c-99: cannot be opened: this board has no such device", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("add 'dtoverlay=i2c99' to /boot/firmware/config.txt", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_pin_chip_is_an_error_with_its_path() =>
        Assert.Contains("/dev/gpiochip99", Assert.Throws<DeviceException>(() => new KernelGpioDriver("gpiochip99")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_no_pin_chip_is_told_as_such() =>
        Assert.Contains("it is no GPIO chip", Assert.Throws<DeviceException>(() => GpioLines.Open("/dev/null", [0], GpioLineSettings.Input)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0x80)]
    [InlineData(0x00)]
    [InlineData(-1)]
    public void An_eight_bit_address_is_refused_with_the_usual_cause(int address) =>
        Assert.Contains("eight-bit address is twice that", Assert.Throws<ArgumentOutOfRangeException>(() => I2cBuses.Open(1, address)).Message, StringComparison.Ordinal);
}
