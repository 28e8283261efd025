using System.Device.I2c;
using System.Numerics;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Chips.Mpu6050;

/// <summary>TDK InvenSense MPU-6050: accelerometer and gyroscope, three axes each. <see cref="Read"/> allocates nothing. One thread at a time.</summary>
/// <remarks>Source: InvenSense, MPU-6000/6050 register map rev. 4.2 (numbers in hexadecimal there), product specification rev. 3.4.</remarks>
public sealed class Mpu6050 : IDisposable
{
    public const int DefaultAddress = 0x68;

    /// <summary>With AD0 high.</summary>
    public const int SecondAddress = 0x69;

    private const byte SampleRateDivider = 0x19;
    private const byte Config = 0x1A;
    private const byte GyroConfig = 0x1B;
    private const byte AccelConfig = 0x1C;
    private const byte FirstValue = 0x3B;
    private const byte PowerManagement = 0x6B;
    private const byte WhoAmI = 0x75;

    private const byte Reset = 0x80;
    private const byte ClockFromGyroscope = 0x01;

    private readonly I2cDevice _device;
    private readonly MotionRegisters _values;

    /// <param name="device">Disposed with this object.</param>
    /// <param name="samplesPerSecond">4 to 1000; a loop should read at least as often as it wants fresh values.</param>
    /// <exception cref="DeviceException">The chip does not answer, or it is another one.</exception>
    public Mpu6050(
        I2cDevice device, AccelerometerRange accelerometer = AccelerometerRange.G4, GyroscopeRange gyroscope = GyroscopeRange.Degrees500,
        LowPass lowPass = LowPass.Hertz44, int samplesPerSecond = 200)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samplesPerSecond, 4);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samplesPerSecond, 1000);
        _device = device;
        device.Identify("MPU-6050", WhoAmI, 0x68); // the address without AD0, whatever AD0 is
        device.WriteRegister(PowerManagement, Reset);
        Settling.Wait(TimeSpan.FromMilliseconds(100));
        device.WriteRegister(PowerManagement, ClockFromGyroscope); // steadier than the chip's own oscillator (register map, 4.28)
        device.WriteRegister(Config, (byte)lowPass);
        device.WriteRegister(SampleRateDivider, (byte)((1000 / samplesPerSecond) - 1));
        device.WriteRegister(GyroConfig, (byte)((int)gyroscope << 3));
        device.WriteRegister(AccelConfig, (byte)((int)accelerometer << 3));
        Settling.Wait(TimeSpan.FromMilliseconds(50)); // the gyroscope starts in 30 ms
        _values = new MotionRegisters(ChipRegisters.On(device), FirstValue, accelerometer, gyroscope);
    }

    /// <summary>What the gyroscope shows at rest, on its axes; taken from each reading.</summary>
    public Vector3 GyroscopeBias { get; set; }

    /// <summary>Readings in a row that were equal to the last bit. A living sensor's noise allows a few at a slow sample rate; many say that it froze.</summary>
    public int UnchangedReadings => _values.Unchanged;

    public ImuReading Read()
    {
        _values.Read();
        return new ImuReading(
            _values.Acceleration(0),
            _values.Rotation(8) - GyroscopeBias,
            (_values.Number(6) / 340.0) + 36.53);
    }

    /// <summary>Sets <see cref="GyroscopeBias"/> from readings of a robot that stands still.</summary>
    /// <exception cref="DeviceException">It moved: the readings differ by more than 3 degrees a second.</exception>
    public void CalibrateGyroscope(int readings = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(readings, 2);
        const float mostRadians = 0.05f;
        GyroscopeBias = default;
        var sum = Vector3.Zero;
        var least = new Vector3(float.PositiveInfinity);
        var most = new Vector3(float.NegativeInfinity);
        for (var i = 0; i < readings; i++)
        {
            var rotation = Read().RadiansPerSecond;
            sum += rotation;
            least = Vector3.Min(least, rotation);
            most = Vector3.Max(most, rotation);
            Settling.Wait(TimeSpan.FromMilliseconds(5));
        }
        if ((most - least) is var spread && Math.Max(spread.X, Math.Max(spread.Y, spread.Z)) > mostRadians)
            throw _device.Fail("be calibrated", "the robot moved meanwhile: let it stand still");
        GyroscopeBias = sum / readings;
    }

    public void Dispose() => _device.Dispose();
}
