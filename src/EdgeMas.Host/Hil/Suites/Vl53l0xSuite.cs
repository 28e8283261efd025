using EdgeMas.Devices.Buses;
using EdgeMas.Devices.Chips.Vl53l0x;
using EdgeMas.Devices.Errors;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>The laser range finder, through <c>/dev/i2c-0</c>.</summary>
internal sealed class Vl53l0xSuite : HilSuite
{
    private readonly SimulatedVl53l0x _chip = new();
    private Vl53l0x? _driver;

    public override string Name => "vl53l0x";

    public override string Description => "Laser range finder on I2C: set-up, metres, nothing ahead, unplugged while it runs";

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("set-up lets it measure on and on", _ =>
        {
            _driver = new Vl53l0x(I2cBuses.Open(0, Vl53l0x.DefaultAddress));
            HilBench.True(_chip.IsRunning, "it measures");
        }),
        new("it sees a thing come nearer", bench =>
        {
            foreach (var meters in new[] { 1.8, 0.9, 0.25 })
                Expect(bench, meters);
        }),
        new("nothing ahead is infinitely far", bench => Expect(bench, double.PositiveInfinity)),
        new("unplugged, it is an error that names bus and address", bench =>
        {
            bench.Board.Chips.Unplug(Vl53l0x.DefaultAddress);
            HilBench.Throws<DeviceException>(() => Driver.TryRead(out var _), "i2c-0 address 0x29", "no chip answers");
        }),
    ];

    public override IReadOnlyList<HilFault> Faults =>
    [
        HilFault.Chip("vl53l0x", Vl53l0x.DefaultAddress, BusFault.Silent),
        HilFault.Chip("vl53l0x", Vl53l0x.DefaultAddress, BusFault.Hang),
        HilFault.Chip("vl53l0x", Vl53l0x.DefaultAddress, BusFault.Freeze),
        HilFault.Chip("vl53l0x", Vl53l0x.DefaultAddress, BusFault.Deaf),
        HilFault.Chip("vl53l0x", Vl53l0x.DefaultAddress, BusFault.Noise),
    ];

    private Vl53l0x Driver => _driver ?? throw new HilFailure("the chip was not set up");

    public override void SetUp(HilBench bench) => bench.Board.Chips.Plug(Vl53l0x.DefaultAddress, _chip);

    public override void TearDown() => _driver?.Dispose();

    private void Expect(HilBench bench, double meters)
    {
        _chip.See(meters);
        RangeReading reading = default;
        bench.Until(() => Driver.TryRead(out reading), "a measurement");
        HilBench.Equal(meters, reading.Meters, "metres");
    }
}
