using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Thermal;

namespace EdgeMas.Devices.Tests.Sysfs;

public sealed class ThermalZoneTests : IDisposable
{
    private const string Folder = "/sys/class/thermal/thermal_zone0";
    private readonly SysTree _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Thousandths_become_degrees_and_the_lowest_critical_trip_point_is_told()
    {
        _machine.With($"{Folder}/type", "cpu-thermal\n").With($"{Folder}/temp", "47712\n")
            .With($"{Folder}/trip_point_0_type", "passive\n").With($"{Folder}/trip_point_0_temp", "75000\n")
            .With($"{Folder}/trip_point_1_type", "critical\n").With($"{Folder}/trip_point_1_temp", "110000\n");

        var zone = Assert.Single(ThermalZone.List(_machine.Root));

        Assert.Equal(("cpu-thermal", 47.712, 110.0), (zone.Name, zone.ReadCelsius(), zone.CriticalCelsius));
    }

    [Fact]
    public void Below_zero_is_cold_and_without_trip_points_nothing_is_critical()
    {
        _machine.With($"{Folder}/type", "outside").With($"{Folder}/temp", "-4500");

        var zone = ThermalZone.List(_machine.Root)[0];

        Assert.Equal((-4.5, null as double?), (zone.ReadCelsius(), zone.CriticalCelsius));
    }

    [Fact]
    public void A_zone_that_is_gone_is_an_error_with_its_path()
    {
        _machine.With($"{Folder}/type", "gpu").With($"{Folder}/temp", "1");
        var zone = ThermalZone.List(_machine.Root)[0];
        File.Delete($"{_machine.Root}{Folder}/temp");

        Assert.Contains($"{Folder}/temp: cannot be read: it is gone", Assert.Throws<DeviceException>(() => zone.ReadCelsius()).Message, StringComparison.Ordinal);
    }
}
