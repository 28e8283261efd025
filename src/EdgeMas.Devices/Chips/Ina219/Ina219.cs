using System.Device.I2c;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Chips.Ina219;

/// <summary>Texas Instruments INA219: voltage and current of a battery or a motor. <see cref="Read"/> allocates nothing. One thread at a time.</summary>
/// <remarks>Source: Texas Instruments, INA219 data sheet SBOS448G, sections 8.5 and 8.6.</remarks>
public sealed class Ina219 : IDisposable
{
    public const int DefaultAddress = 0x40;

    private const byte Configuration = 0x00;
    private const byte BusVoltage = 0x02;
    private const byte Power = 0x03;
    private const byte Current = 0x04;
    private const byte Calibration = 0x05;

    private const int Range32Volts = 1 << 13;
    private const int BusAverage16 = 0b1100 << 7; // 8.51 ms a conversion: less of a motor's ripple
    private const int ShuntAverage16 = 0b1100 << 3;
    private const int BothContinuously = 0b111;
    private const int Overflow = 1 << 0;
    private const int Clipped = 32_750;

    private readonly I2cDevice _device;
    private readonly ushort _configuration;
    private readonly ushort _calibration;
    private readonly double _amperesPerStep;

    /// <param name="device">Disposed with this object.</param>
    /// <param name="shuntOhms">0.1 on most boards.</param>
    /// <param name="maxAmperes">Times the shunt at most 0.32 V; the smaller, the finer the steps.</param>
    /// <exception cref="DeviceException">The chip does not answer.</exception>
    public Ina219(I2cDevice device, double shuntOhms = 0.1, double maxAmperes = 3.2)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shuntOhms);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxAmperes);
        _device = device;
        _configuration = (ushort)(Range32Volts | (GainFor(shuntOhms * maxAmperes) << 11) | BusAverage16 | ShuntAverage16 | BothContinuously);
        // Equations 1 and 2: the steps of the current register are a 2¹⁵th of the most. Bit 0 is always 0.
        var calibration = 0.04096 / (maxAmperes / 32768 * shuntOhms);
        if (calibration is < 2 or >= 65536)
            throw new ArgumentOutOfRangeException(nameof(maxAmperes), maxAmperes, $"an INA219 cannot be set to this with a shunt of {shuntOhms} Ω");
        _calibration = (ushort)((int)(calibration + 1e-6) & ~1);
        _amperesPerStep = 0.04096 / (_calibration * shuntOhms);
        SetUp();
    }

    /// <exception cref="DeviceException">The chip does not answer, or the current is beyond what it can compute.</exception>
    public PowerReading Read()
    {
        if (_device.ReadBigEndian(Calibration) != _calibration)
            SetUp(); // its supply dipped: without calibration it would show 0 A, and a flat battery as a full one
        var bus = _device.ReadBigEndian(BusVoltage);
        var current = (short)_device.ReadBigEndian(Current);
        // The amplifier clips at the range's end without a word; the flag only tells that the arithmetic overflowed.
        if ((bus & Overflow) != 0 || Math.Abs((int)current) >= Clipped)
            throw _device.Fail("be read", $"the current is beyond its range of {_amperesPerStep * 32768:F1} A: give a larger maxAmperes, or a smaller shunt");
        var amperes = current * _amperesPerStep;
        var watts = _device.ReadBigEndian(Power) * _amperesPerStep * 20;
        return new PowerReading((bus >> 3) * 0.004, amperes, watts);
    }

    public void Dispose() => _device.Dispose();

    private void SetUp()
    {
        _device.WriteBigEndian(Configuration, _configuration);
        _device.WriteBigEndian(Calibration, _calibration);
        Settling.Wait(TimeSpan.FromMilliseconds(20)); // the first averages of bus and shunt
    }

    /// <summary>The smallest range that holds the shunt's voltage: 40, 80, 160 or 320 mV.</summary>
    private static int GainFor(double shuntVolts)
    {
        for (var gain = 0; gain < 4; gain++)
        {
            if (shuntVolts <= 0.04 * (1 << gain) * (1 + 1e-9))
                return gain;
        }
        throw new ArgumentOutOfRangeException(nameof(shuntVolts), shuntVolts, "the most current times the shunt is at most 0.32 V: take a smaller shunt");
    }
}
