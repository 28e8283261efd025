using System.Device.I2c;
using System.Device.Spi;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Chips.Bme280;

/// <summary>
/// Bosch BME280, on I2C or SPI: temperature, pressure and humidity of the air; pressure to a height of some decimetres. <see cref="Read"/> allocates nothing. One thread at a time.
/// </summary>
/// <remarks>Source: Bosch Sensortec, BME280 data sheet BST-BME280-DS001, memory map in section 5.3, SPI in 6.3; set as its section 3.5.3 proposes for indoor navigation.</remarks>
public sealed class Bme280 : IDisposable
{
    public const int DefaultAddress = 0x76;

    /// <summary>With SDO high.</summary>
    public const int SecondAddress = 0x77;

    /// <summary>Of the clock on SPI.</summary>
    public const int MostSpiHertz = 10_000_000;

    private const byte FirstCalibration = 0x88;
    private const byte Identity = 0xD0;
    private const byte ResetRegister = 0xE0;
    private const byte SecondCalibration = 0xE1;
    private const byte ControlHumidity = 0xF2;
    private const byte Status = 0xF3;
    private const byte ControlMeasurement = 0xF4;
    private const byte Config = 0xF5;
    private const byte FirstValue = 0xF7;

    private const byte Reset = 0xB6;
    private const byte Copying = 1 << 0;
    private const byte Humidity1 = 0b001;
    private const byte Temperature2Pressure16Normal = 0b010_101_11;
    private const byte Filter16 = 0b000_100_00; // 0.5 ms between measurements
    private const int NotMeasured = 0x80000;

    private readonly ChipRegisters _registers;
    private readonly byte[] _values = new byte[8];
    private readonly Bme280Calibration _calibration;

    /// <param name="device">Disposed with this object.</param>
    /// <exception cref="DeviceException">The chip does not answer, or it is another one.</exception>
    public Bme280(I2cDevice device)
        : this(ChipRegisters.On(device))
    {
    }

    /// <param name="device">In mode 0 or 3, its clock at most <see cref="MostSpiHertz"/>. Disposed with this object.</param>
    /// <exception cref="DeviceException">Nothing answers, or another chip.</exception>
    /// <exception cref="ArgumentException">It is set up otherwise.</exception>
    public Bme280(SpiDevice device)
        : this(ChipRegisters.On(device, MostSpiHertz))
    {
    }

    private Bme280(ChipRegisters registers)
    {
        _registers = registers;
        registers.Identify("BME280", Identity, 0x60); // a BMP280, which many boards carry instead, says 0x58 and has no humidity
        registers.Write(ResetRegister, Reset);
        AwaitCalibration();
        Span<byte> first = stackalloc byte[Bme280Calibration.FirstBytes];
        Span<byte> second = stackalloc byte[Bme280Calibration.SecondBytes];
        registers.Read(FirstCalibration, first);
        registers.Read(SecondCalibration, second);
        _calibration = new Bme280Calibration(first, second);
        if (_calibration.IsBlank)
            throw registers.Fail("be used", "its calibration is blank: the chip is broken, or the bus loses bits");
        SetUp();
    }

    /// <exception cref="DeviceException">The chip does not answer, or measures nothing.</exception>
    public AirReading Read()
    {
        var reading = TryRead();
        if (reading is null)
        {
            SetUp(); // its supply dipped: it sleeps, and shows its values after power-on
            reading = TryRead();
        }
        return reading ?? throw _registers.Fail("be read", "it measures nothing: check its supply and its wires");
    }

    public void Dispose() => _registers.Dispose();

    private AirReading? TryRead()
    {
        _registers.Read(FirstValue, _values); // in one transfer, so that the values belong together (section 4)
        if (!_values.AsSpan().ContainsAnyExcept<byte>(0x00) || !_values.AsSpan().ContainsAnyExcept<byte>(0xFF))
            return null; // nobody drives MISO: the lowest bits of a value of twenty are never all ones
        var pressure = Twenty(0);
        var temperature = Twenty(3);
        return temperature == NotMeasured || pressure == NotMeasured ? null : _calibration.Compensate(pressure, temperature, (_values[6] << 8) | _values[7]);
    }

    private int Twenty(int at) => (_values[at] << 12) | (_values[at + 1] << 4) | (_values[at + 2] >> 4);

    private void AwaitCalibration()
    {
        const int tries = 10;
        for (var i = 0; i < tries; i++)
        {
            Settling.Wait(TimeSpan.FromMilliseconds(3)); // it starts in 2 ms
            if ((_registers.Read(Status) & Copying) == 0)
                return;
        }
        throw _registers.Fail("be used", "it does not come out of its reset: check its supply");
    }

    private void SetUp()
    {
        _registers.Write(ControlHumidity, Humidity1); // taken with the next write of the measurement's control (section 5.4.3)
        _registers.Write(Config, Filter16);
        _registers.Write(ControlMeasurement, Temperature2Pressure16Normal);
        Settling.Wait(TimeSpan.FromMilliseconds(50)); // a measurement with this oversampling takes at most 46.1 ms
    }
}
