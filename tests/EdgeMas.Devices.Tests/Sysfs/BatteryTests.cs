using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Power;

namespace EdgeMas.Devices.Tests.Sysfs;

public sealed class BatteryTests : IDisposable
{
    private const string Folder = "/sys/class/power_supply";
    private readonly SysTree _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Microvolts_and_tenths_of_a_degree_become_volts_and_degrees_and_a_mains_adapter_is_no_battery()
    {
        _machine.With($"{Folder}/AC/type", "Mains\n").With($"{Folder}/BAT0/type", "Battery\n").With($"{Folder}/BAT0/status", "Discharging\n")
            .With($"{Folder}/BAT0/capacity", "64\n").With($"{Folder}/BAT0/voltage_now", "11100000\n").With($"{Folder}/BAT0/current_now", "-2500000\n").With($"{Folder}/BAT0/temp", "315\n");

        var battery = Assert.Single(Battery.List(_machine.Root));

        Assert.Equal("BAT0", battery.Name);
        Assert.Equal(new BatteryReading(0.64, 11.1, -2.5, 31.5, "Discharging"), battery.Read());
    }

    [Fact]
    public void A_figure_that_the_driver_does_not_have_is_none()
    {
        _machine.With($"{Folder}/gauge/type", "Battery").With($"{Folder}/gauge/status", "Unknown");

        Assert.Equal(new BatteryReading(null, null, null, null, "Unknown"), Battery.List(_machine.Root)[0].Read());
    }

    [Theory]
    [InlineData("101", "101 %")]
    [InlineData("full", "'full' is no number")]
    public void Nonsense_of_a_driver_is_an_error(string capacity, string words)
    {
        _machine.With($"{Folder}/gauge/type", "Battery").With($"{Folder}/gauge/status", "Unknown").With($"{Folder}/gauge/capacity", capacity);

        Assert.Contains(words, Assert.Throws<DeviceException>(() => Battery.List(_machine.Root)[0].Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_battery_that_was_taken_out_is_an_error_with_its_name()
    {
        _machine.With($"{Folder}/BAT0/type", "Battery").With($"{Folder}/BAT0/status", "Unknown").With($"{Folder}/BAT0/present", "0\n");

        Assert.Contains("BAT0: cannot be read: the battery was taken out", Assert.Throws<DeviceException>(() => Battery.List(_machine.Root)[0].Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_without_batteries_has_none() => Assert.Empty(Battery.List(_machine.Root));
}
