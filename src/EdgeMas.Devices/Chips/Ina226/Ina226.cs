using System.Device.I2c;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Chips.Ina226;

/// <summary>Texas Instruments INA226: voltage and current of a battery or a motor, to 36 V. <see cref="Read"/> allocates nothing. One thread at a time.</summary>
/// <remarks>Source: Texas Instruments, INA226 data sheet SBOS547, sections 7.5 and 7.6.</remarks>
public sealed class Ina226 : IDisposable
{
    public const int DefaultAddress = 0x40;

    private const byte Configuration = 0x00;
    private const byte ShuntVoltage = 0x01;
    private const byte BusVoltage = 0x02;
    private const byte Power = 0x03;
    private const byte Current = 0x04;
    private const byte Calibration = 0x05;
    private const byte MaskEnable = 0x06;
    private const byte Manufacturer = 0xFE;
    private const byte Die = 0xFF;

    private const ushort TexasInstruments = 0x5449;
    private const ushort Ina226Die = 0x226; // the lowest four bits are the revision
    private const ushort Average16Continuously = 0x4527; // 1.1 ms a conversion, shunt and bus
    private const int Overflow = 1 << 2;
    private const double MostShuntVolts = 0.08192;

    private readonly I2cDevice _device;
    private readonly ushort _calibration;
    private readonly double _amperesPerStep;

    /// <param name="device">Disposed with this object.</param>
    /// <param name="shuntOhms">0.1 on most boards, 0.002 or 0.01 on those for motors.</param>
    /// <param name="maxAmperes">Times the shunt at most 81.92 mV; the smaller, the finer the steps.</param>
    /// <exception cref="DeviceException">The chip does not answer, or it is another one.</exception>
    public Ina226(I2cDevice device, double shuntOhms = 0.1, double maxAmperes = 0.8)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shuntOhms);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxAmperes);
        if (!(shuntOhms * maxAmperes <= MostShuntVolts * (1 + 1e-9)))
            throw new ArgumentOutOfRangeException(nameof(maxAmperes), maxAmperes, "the most current times the shunt is at most 81.92 mV: take a smaller shunt");
        // Equations 1 and 2: the steps of the current register are a 2¹⁵th of the most.
        var calibration = 0.00512 / (maxAmperes / 32768 * shuntOhms);
        if (calibration > short.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(maxAmperes), maxAmperes, $"an INA226 cannot be set to this with a shunt of {shuntOhms} Ω");
        _device = device;
        _calibration = (ushort)(calibration + 1e-6);
        _amperesPerStep = 0.00512 / (_calibration * shuntOhms);
        if (device.ReadBigEndian(Manufacturer) != TexasInstruments || device.ReadBigEndian(Die) >> 4 != Ina226Die)
            throw device.Fail("be used", "it is no INA226: its identity is another one. Check the address pins, and which chip the board really carries");
        SetUp();
    }

    /// <exception cref="DeviceException">The chip does not answer, or the current is beyond what it can measure.</exception>
    public PowerReading Read()
    {
        if (_device.ReadBigEndian(Calibration) != _calibration)
            SetUp(); // its supply dipped: without calibration it would show 0 A
        var shunt = (short)_device.ReadBigEndian(ShuntVoltage);
        if (shunt is short.MaxValue or short.MinValue || (_device.ReadBigEndian(MaskEnable) & Overflow) != 0)
            throw _device.Fail("be read", $"the current is beyond its range of {_amperesPerStep * 32768:F1} A: give a larger maxAmperes, or a smaller shunt");
        return new PowerReading(
            _device.ReadBigEndian(BusVoltage) * 0.00125,
            (short)_device.ReadBigEndian(Current) * _amperesPerStep,
            _device.ReadBigEndian(Power) * _amperesPerStep * 25);
    }

    public void Dispose() => _device.Dispose();

    private void SetUp()
    {
        _device.WriteBigEndian(Configuration, Average16Continuously);
        _device.WriteBigEndian(Calibration, _calibration);
        Settling.Wait(TimeSpan.FromMilliseconds(40)); // the first averages of bus and shunt: 16 × 2.2 ms, and a tenth more
    }
}
