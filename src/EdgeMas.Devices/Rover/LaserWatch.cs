using EdgeMas.Devices.Buses;
using EdgeMas.Devices.Chips.Vl53l0x;

namespace EdgeMas.Devices.Rover;

/// <summary>A VL53L0X, which measures about 30 times a second.</summary>
internal sealed class LaserWatch(Vl53l0xWiring wiring, TimeProvider time) : RangeWatch(TimeSpan.FromMilliseconds(15), time)
{
    private Vl53l0x? _chip;

    protected override string Part => $"i2c-{wiring.I2cBus} address 0x{wiring.Address:x2}";

    protected override string Advice => "it answers and does not measure; it is set up anew";

    protected override void OpenFinder() => _chip = new Vl53l0x(I2cBuses.Open(wiring.I2cBus, wiring.Address));

    protected override bool TryMeasure(out double meters)
    {
        var isNew = _chip!.TryRead(out var reading);
        meters = reading.Meters;
        return isNew;
    }

    protected override void Close()
    {
        _chip?.Dispose();
        _chip = null;
    }
}
