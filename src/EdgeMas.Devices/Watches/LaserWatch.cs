using System.Device.I2c;
using EdgeMas.Devices.Chips.Vl53l0x;

namespace EdgeMas.Devices.Watches;

/// <summary>A VL53L0X, which measures about 30 times a second.</summary>
/// <param name="open">Looks for the chip anew each time.</param>
/// <param name="part">For errors.</param>
internal sealed class LaserWatch(Func<I2cDevice> open, string part, TimeProvider time) : RangeWatch(TimeSpan.FromMilliseconds(15), time)
{
    private Vl53l0x? _chip;

    protected override string Part => part;

    protected override string Advice => "it answers and does not measure; it is set up anew";

    protected override void OpenFinder() => _chip = new Vl53l0x(open());

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
