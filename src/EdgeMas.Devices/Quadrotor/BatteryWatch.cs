using System.Device.I2c;
using EdgeMas.Core.Motion;
using EdgeMas.Devices.Chips.Ina219;
using EdgeMas.Devices.Watches;

namespace EdgeMas.Devices.Quadrotor;

/// <summary>The charge of a battery by its voltage.</summary>
internal sealed class BatteryWatch(BatteryWiring wiring, Func<I2cDevice> open, TimeProvider time) : PartWatch("battery sensor", TimeSpan.FromMilliseconds(200))
{
    /// <summary>Share of a new voltage: motors make it jump.</summary>
    private const double Share = 0.2;

    private readonly LatestValue<Stamped> _latest = new(new Stamped(0, double.NaN));
    private Ina219? _chip;
    private double _volts = double.NaN;

    /// <summary>0 to 1; NaN before the first reading.</summary>
    internal Stamped Latest => _latest.Read();

    protected override void Open()
    {
        _chip = new Ina219(open(), wiring.ShuntOhms, wiring.MaxAmperes);
        _volts = double.NaN;
    }

    protected override bool TryRead()
    {
        var volts = _chip!.Read().BusVolts;
        _volts = double.IsNaN(_volts) ? volts : _volts + (Share * (volts - _volts));
        _latest.Write(new Stamped(time.GetTimestamp(), Math.Clamp((_volts - wiring.EmptyVolts) / (wiring.FullVolts - wiring.EmptyVolts), 0, 1)));
        return true;
    }

    protected override void Close()
    {
        _chip?.Dispose();
        _chip = null;
    }
}
