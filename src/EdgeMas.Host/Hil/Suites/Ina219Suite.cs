using EdgeMas.Devices.Buses;
using EdgeMas.Devices.Chips.Ina219;
using EdgeMas.Devices.Errors;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>The battery's sensor, through <c>/dev/i2c-0</c>.</summary>
internal sealed class Ina219Suite : HilSuite
{
    private const int Address = 0x45; // 0x40 is the servo chip's
    private const double ShuntOhms = 0.01;

    private readonly SimulatedIna219 _chip = new(ShuntOhms);
    private Ina219? _driver;

    public override string Name => "ina219";

    public override string Description => "Current sensor on I2C: volts, amperes, watts, a dip of its supply, overflow";

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("it measures volts, amperes and watts", _ =>
        {
            _driver = new Ina219(I2cBuses.Open(0, Address), ShuntOhms, maxAmperes: 16);
            Expect(11.1, 4.5);
        }),
        new("charging is negative", _ => Expect(12.4, -2)),
        new("after a dip of its supply it is set up again", _ =>
        {
            _chip.PowerUp();
            Expect(10.2, 7);
        }),
        new("more than it can compute is an error that names the range", _ =>
        {
            _chip.Carry(11, 31);
            HilBench.Throws<DeviceException>(() => Driver.Read(), "i2c-0 address 0x45", "beyond its range of 16.0 A");
        }),
    ];

    public override IReadOnlyList<HilFault> Faults =>
    [
        HilFault.Chip("ina219", Address, BusFault.Silent),
        HilFault.Chip("ina219", Address, BusFault.Hang),
        HilFault.Chip("ina219", Address, BusFault.Freeze),
        HilFault.Chip("ina219", Address, BusFault.Deaf),
        HilFault.Chip("ina219", Address, BusFault.Noise),
    ];

    private Ina219 Driver => _driver ?? throw new HilFailure("the chip was not set up");

    public override void SetUp(HilBench bench) => bench.Board.Chips.Plug(Address, _chip);

    public override void TearDown() => _driver?.Dispose();

    private void Expect(double volts, double amperes)
    {
        _chip.Carry(volts, amperes);
        var reading = Driver.Read();
        HilBench.Near(volts, reading.BusVolts, 0.004, "V");
        HilBench.Near(amperes, reading.Amperes, 0.005, "A");
        HilBench.Near(volts * Math.Abs(amperes), reading.Watts, 0.1, "W");
    }
}
