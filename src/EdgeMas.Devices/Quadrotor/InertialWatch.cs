using System.Device.I2c;
using EdgeMas.Devices.Chips;
using EdgeMas.Devices.Chips.Mpu6050;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Watches;

namespace EdgeMas.Devices.Quadrotor;

/// <summary>Accelerations and turning, about two hundred times a second, each given to the navigation on this thread.</summary>
internal sealed class InertialWatch(InertialWiring wiring, Func<I2cDevice> open, Navigation navigation) : PartWatch("inertial sensor", TimeSpan.FromMilliseconds(4))
{
    /// <summary>Of the chip: more than are read, so that each reading is another one.</summary>
    private const int SamplesPerSecond = 500;

    /// <summary>Equal to the last bit, of seven numbers with noise: no living sensor gives so many in a row.</summary>
    private const int FrozenReadings = 4;

    /// <summary>In a row: motors make noise on the bus.</summary>
    private const int ForgivenFailures = 2;

    private Mpu6050? _chip;
    private int _failures;

    protected override void Open()
    {
        navigation.Lose(); // nobody felt what it did meanwhile
        _chip = new Mpu6050(open(), AccelerometerRange.G8, GyroscopeRange.Degrees1000, LowPass.Hertz94, SamplesPerSecond);
        _failures = 0;
    }

    protected override bool TryRead()
    {
        ImuReading reading;
        try
        {
            reading = _chip!.Read();
            _failures = 0;
        }
        catch (IOException)
        {
            if (_failures++ < ForgivenFailures)
                return false;
            navigation.Lose();
            throw;
        }
        if (_chip.UnchangedReadings >= FrozenReadings)
        {
            navigation.Lose();
            throw new DeviceException($"i2c-{wiring.I2cBus} address 0x{wiring.Address:x2}", "be believed", "its readings do not change any more: it is set up anew");
        }
        if (_chip.UnchangedReadings > 0)
            return false;
        navigation.Feel(wiring.ToBody(reading.MetersPerSecondSquared), wiring.ToBody(reading.RadiansPerSecond));
        return true;
    }

    protected override void Close()
    {
        _chip?.Dispose();
        _chip = null;
    }
}
