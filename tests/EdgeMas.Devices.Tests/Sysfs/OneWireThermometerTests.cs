using EdgeMas.Devices.Errors;
using EdgeMas.Devices.OneWire;

namespace EdgeMas.Devices.Tests.Sysfs;

/// <summary>Bytes and degrees from table 1 of the DS18B20's data sheet, as the kernel's driver writes them.</summary>
public sealed class OneWireThermometerTests : IDisposable
{
    private const string Folder = "/sys/bus/w1/devices";
    private readonly SysTree _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("91 01 4b 46 7f ff 0f 10 25 : crc=25 YES\n91 01 4b 46 7f ff 0f 10 25 t=25062\n", 25.062)]
    [InlineData("5e ff 4b 46 7f ff 02 10 a5 : crc=a5 YES\n5e ff 4b 46 7f ff 02 10 a5 t=-10125\n", -10.125)]
    public void The_kernels_thousandths_become_degrees(string text, double celsius)
    {
        _machine.With($"{Folder}/28-0316a2795fff/w1_slave", text).With($"{Folder}/w1_bus_master1/w1_master_slaves", "28-0316a2795fff\n").With($"{Folder}/1d-000000000001/counter", "0");

        var thermometer = Assert.Single(OneWireThermometer.List(_machine.Root)); // neither the bus nor a counter

        Assert.Equal(("28-0316a2795fff", celsius), (thermometer.Address, thermometer.ReadCelsius()));
    }

    [Theory]
    [InlineData("00 00 00 00 00 00 00 00 00 : crc=00 NO\n00 00 00 00 00 00 00 00 00 t=0\n", "checksum is wrong")]
    [InlineData("50 05 4b 46 7f ff 0c 10 1c : crc=1c YES\n50 05 4b 46 7f ff 0c 10 1c t=85000\n", "lost its power")]
    [InlineData("", "something else")]
    [InlineData("one\ntwo t=hot\n", "something else")]
    public void What_is_no_temperature_is_an_error_and_no_number(string text, string words)
    {
        _machine.With($"{Folder}/28-0316a2795fff/w1_slave", text);

        Assert.Contains(words, Assert.Throws<DeviceException>(() => OneWireThermometer.List(_machine.Root)[0].ReadCelsius()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_board_without_the_bus_says_which_overlay_to_add() =>
        Assert.Contains("dtoverlay=w1-gpio", Assert.Throws<DeviceException>(() => OneWireThermometer.List(_machine.Root)).Message, StringComparison.Ordinal);
}
