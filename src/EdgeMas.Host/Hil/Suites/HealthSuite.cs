using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Power;
using EdgeMas.Devices.Thermal;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>The board's own temperature and battery, through <c>/sys/class/thermal</c> and <c>/sys/class/power_supply</c>.</summary>
internal sealed class HealthSuite : HilSuite
{
    private const string Emulation = "/sys/class/thermal/thermal_zone0/emul_temp"; // the kernel's own way to play a temperature
    private const string Parameters = "/sys/module/test_power/parameters";
    private bool _frozen;

    public override string Name => "health";

    public override string Description => "Thermal zones and battery: values as they change, a battery taken out";

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("a thermal zone shows the temperature as it rises", _ =>
        {
            var zone = ThermalZone.List().Single();
            foreach (var celsius in new[] { 41.5, 88.25 })
            {
                Set(Emulation, $"{(int)(celsius * 1000)}");
                HilBench.Near(celsius, zone.ReadCelsius(), 0.001, "°C");
            }
        }),
        new("a battery shows its charge as it falls, and no mains adapter is one", _ =>
        {
            var battery = Battery.List().Single();
            foreach (var percent in new[] { 80, 9 })
            {
                Set($"{Parameters}/battery_capacity", $"{percent}");
                HilBench.Near(percent / 100.0, battery.Read().Fraction ?? double.NaN, 1e-9, "charge");
            }
        }),
        new("it tells charging from discharging, and volts and amperes", _ =>
        {
            Set($"{Parameters}/battery_voltage", "11100000");
            Set($"{Parameters}/battery_current", "-2500000");
            Set($"{Parameters}/battery_status", "charging");
            var reading = Battery.List().Single().Read();
            HilBench.Equal(("Charging", 11.1, -2.5), (reading.Status, reading.Volts ?? double.NaN, reading.Amperes ?? double.NaN), "status, V, A");
        }),
        new("a battery that is taken out is an error that names it", _ =>
        {
            Set($"{Parameters}/battery_present", "false");
            HilBench.Throws<DeviceException>(() => Battery.List().Single().Read(), "test_battery", "taken out");
        }),
    ];

    public override IReadOnlyList<HilFault> Faults =>
    [
        new("sensors-frozen", _ => _frozen = true),
        new("battery-out", _ => Set($"{Parameters}/battery_present", "false")),
    ];

    public override void SetUp(HilBench bench) => Set($"{Parameters}/battery_present", "true");

    private void Set(string file, string value)
    {
        if (!_frozen)
            File.WriteAllText(file, value);
    }
}
