using EdgeMas.Core.Motion;
using EdgeMas.Devices.Buses;
using EdgeMas.Devices.Chips.Mpu6050;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Watches;

namespace EdgeMas.Devices.Rover;

/// <summary>The gyroscope's turn rate about the vertical.</summary>
internal sealed class YawWatch(ImuWiring wiring, TimeProvider time) : PartWatch("inertial sensor", TimeSpan.FromMilliseconds(8))
{
    /// <summary>Its noise never stands still for so long.</summary>
    private const int FrozenReadings = 25;

    private readonly LatestValue<Stamped> _latest = new(new Stamped(0, double.NaN));
    private readonly int _sign = wiring.UpsideDown ? -1 : 1;
    private Mpu6050? _chip;
    private bool _hasFirst;

    /// <summary>Radians a second, left positive.</summary>
    internal Stamped Latest => _latest.Read();

    protected override void Open()
    {
        _chip = new Mpu6050(I2cBuses.Open(wiring.I2cBus, wiring.Address));
        _hasFirst = false;
    }

    protected override bool TryRead()
    {
        var rate = _chip!.Read().RadiansPerSecond.Z;
        if (_chip.UnchangedReadings >= FrozenReadings)
            throw new DeviceException($"i2c-{wiring.I2cBus} address 0x{wiring.Address:x2}", "be believed", "its readings do not change any more: it is set up anew");
        var lives = _hasFirst && _chip.UnchangedReadings == 0; // the first one cannot have changed
        _hasFirst = true;
        if (lives)
            _latest.Write(new Stamped(time.GetTimestamp(), _sign * rate));
        return lives;
    }

    protected override void Close()
    {
        _chip?.Dispose();
        _chip = null;
    }
}
