using System.Device.I2c;
using System.Device.Spi;
using System.Numerics;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Chips.Icm20948;

/// <summary>
/// TDK InvenSense ICM-20948, on I2C or SPI: accelerometer and gyroscope, three axes each; its magnetometer is left asleep. <see cref="Read"/> allocates nothing. One thread at a time.
/// </summary>
/// <remarks>Source: InvenSense, ICM-20948 data sheet DS-000189 rev. 1.3, sections 3 (sensitivities), 6.5 (SPI) and 7 to 10 (registers, in four banks).</remarks>
public sealed class Icm20948 : IDisposable
{
    /// <summary>With AD0 low.</summary>
    public const int DefaultAddress = 0x68;

    /// <summary>With AD0 high, as most boards have it.</summary>
    public const int SecondAddress = 0x69;

    /// <summary>Of the clock on SPI.</summary>
    public const int MostSpiHertz = 7_000_000;

    private const byte BankSelect = 0x7F; // in every bank

    // Bank 0
    private const byte WhoAmI = 0x00;
    private const byte UserControl = 0x03;
    private const byte PowerManagement1 = 0x06;
    private const byte PowerManagement2 = 0x07;
    private const byte FirstValue = 0x2D;

    // Bank 2
    private const byte GyroDivider = 0x00;
    private const byte GyroConfig = 0x01;
    private const byte AccelDivider = 0x10;
    private const byte AccelConfig = 0x14;

    private const byte Reset = 0x80;
    private const byte BestClock = 0x01;
    private const byte NoI2c = 0x10;
    private const byte AllAxes = 0x00;
    private const byte FilterOn = 0x01;
    private const double BaseRateHertz = 1125;

    private readonly ChipRegisters _registers;
    private readonly MotionRegisters _values;

    /// <param name="device">Disposed with this object.</param>
    /// <param name="samplesPerSecond">5 to 1125; the chip takes the nearest it can.</param>
    /// <exception cref="DeviceException">The chip does not answer, or it is another one.</exception>
    public Icm20948(
        I2cDevice device, AccelerometerRange accelerometer = AccelerometerRange.G4, GyroscopeRange gyroscope = GyroscopeRange.Degrees500,
        Icm20948LowPass lowPass = Icm20948LowPass.Hertz51, int samplesPerSecond = 225)
        : this(ChipRegisters.On(device), accelerometer, gyroscope, lowPass, samplesPerSecond, isOnSpi: false)
    {
    }

    /// <param name="device">In mode 0 or 3, its clock at most <see cref="MostSpiHertz"/>. Disposed with this object.</param>
    /// <param name="samplesPerSecond">5 to 1125; the chip takes the nearest it can.</param>
    /// <exception cref="DeviceException">Nothing answers, or another chip.</exception>
    /// <exception cref="ArgumentException">The device is set up otherwise.</exception>
    public Icm20948(
        SpiDevice device, AccelerometerRange accelerometer = AccelerometerRange.G4, GyroscopeRange gyroscope = GyroscopeRange.Degrees500,
        Icm20948LowPass lowPass = Icm20948LowPass.Hertz51, int samplesPerSecond = 225)
        : this(ChipRegisters.On(device, MostSpiHertz), accelerometer, gyroscope, lowPass, samplesPerSecond, isOnSpi: true)
    {
    }

    private Icm20948(ChipRegisters registers, AccelerometerRange accelerometer, GyroscopeRange gyroscope, Icm20948LowPass lowPass, int samplesPerSecond, bool isOnSpi)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samplesPerSecond, 5);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samplesPerSecond, (int)BaseRateHertz);
        _registers = registers;
        SelectBank(0); // a program before may have left another
        registers.Identify("ICM-20948", WhoAmI, 0xEA);
        registers.Write(PowerManagement1, Reset);
        Settling.Wait(TimeSpan.FromMilliseconds(100));
        if (isOnSpi)
            registers.Write(UserControl, NoI2c); // else traffic to a neighbour can look like I2C to it (section 6.5)
        registers.Write(PowerManagement1, BestClock); // and awake: it sleeps after a reset
        registers.Write(PowerManagement2, AllAxes);
        SelectBank(2);
        var divider = (int)Math.Round(BaseRateHertz / samplesPerSecond) - 1;
        registers.Write(GyroDivider, (byte)divider);
        registers.Write(GyroConfig, (byte)(((int)lowPass << 3) | ((int)gyroscope << 1) | FilterOn));
        registers.WriteBigEndian(AccelDivider, (ushort)divider);
        registers.Write(AccelConfig, (byte)(((int)lowPass << 3) | ((int)accelerometer << 1) | FilterOn));
        SelectBank(0);
        Settling.Wait(TimeSpan.FromMilliseconds(50)); // the gyroscope starts in 35 ms
        _values = new MotionRegisters(registers, FirstValue, accelerometer, gyroscope);
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
            _values.Rotation(6) - GyroscopeBias,
            (_values.Number(12) / 333.87) + 21);
    }

    public void Dispose() => _registers.Dispose();

    private void SelectBank(int bank) => _registers.Write(BankSelect, (byte)(bank << 4));
}
