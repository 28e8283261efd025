using System.Device.I2c;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Chips.Ads1115;

/// <summary>Texas Instruments ADS1115: four analogue inputs of sixteen bits, for potentiometers, line sensors and batteries behind a divider. <see cref="ReadVolts"/> allocates nothing. One thread at a time.</summary>
/// <remarks>Source: Texas Instruments, ADS1115 data sheet SBAS444, registers in section 8.1 (Config, reset 8583h).</remarks>
public sealed class Ads1115 : IDisposable
{
    public const int DefaultAddress = 0x48;

    private const byte Conversion = 0x00;
    private const byte Config = 0x01;
    private const int Start = 1 << 15; // written: begin; read: done
    private const int SingleShot = 1 << 8;
    private const int NoComparator = 0b11;
    private static readonly int[] Rates = [8, 16, 32, 64, 128, 250, 475, 860];

    private readonly I2cDevice _device;
    private readonly int _rate;
    private readonly TimeSpan _conversion;

    /// <param name="device">Disposed with this object.</param>
    /// <param name="samplesPerSecond">8, 16, 32, 64, 128, 250, 475 or 860: the slower, the less noise.</param>
    /// <exception cref="DeviceException">The chip does not answer, or does not keep what is written.</exception>
    public Ads1115(I2cDevice device, int samplesPerSecond = 250)
    {
        _rate = Array.IndexOf(Rates, samplesPerSecond);
        if (_rate < 0)
            throw new ArgumentOutOfRangeException(nameof(samplesPerSecond), samplesPerSecond, $"an ADS1115 takes {string.Join(", ", Rates)} samples a second");
        _device = device;
        _conversion = TimeSpan.FromSeconds(1.1 / samplesPerSecond) + TimeSpan.FromMicroseconds(30); // its oscillator is up to 10 % slow, and it wakes in 25 µs
        // It has no identity to ask for: what it keeps must do.
        var idle = ConfigFor(Ads1115Input.A0, Ads1115Range.Volts2048);
        device.WriteBigEndian(Config, (ushort)idle);
        if ((device.ReadBigEndian(Config) & ~Start) is var kept && kept != idle)
            throw device.Fail("be used", $"it is no ADS1115: it keeps 0x{kept:x4} where 0x{idle:x4} was written");
    }

    /// <summary>Measures once; waits for the conversion.</summary>
    /// <returns>Volts; negative only between two pins.</returns>
    /// <exception cref="DeviceException">The chip does not answer, never ends, or the voltage is beyond the range.</exception>
    public double ReadVolts(Ads1115Input input, Ads1115Range range = Ads1115Range.Volts4096)
    {
        if (!Enum.IsDefined(input) || !Enum.IsDefined(range))
            throw new ArgumentOutOfRangeException(Enum.IsDefined(input) ? nameof(range) : nameof(input));
        _device.WriteBigEndian(Config, (ushort)(Start | ConfigFor(input, range)));
        const int patience = 4;
        for (var tries = 0; ; tries++)
        {
            Settling.Wait(_conversion);
            if ((_device.ReadBigEndian(Config) & Start) != 0)
                break;
            if (tries == patience)
                throw _device.Fail("be read", "the conversion does not end: check the chip's supply");
        }
        var raw = (short)_device.ReadBigEndian(Conversion);
        return raw is short.MaxValue or short.MinValue
            ? throw _device.Fail("be read", $"{input} is beyond ±{FullScaleVolts(range)} V: choose a wider range, or divide the voltage")
            : raw * FullScaleVolts(range) / 32768;
    }

    public void Dispose() => _device.Dispose();

    private static double FullScaleVolts(Ads1115Range range) => range == Ads1115Range.Volts6144 ? 6.144 : 4.096 / (1 << ((int)range - 1));

    private int ConfigFor(Ads1115Input input, Ads1115Range range) => ((int)input << 12) | ((int)range << 9) | SingleShot | (_rate << 5) | NoComparator;
}
