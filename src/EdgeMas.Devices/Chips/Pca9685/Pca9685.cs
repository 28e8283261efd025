using System.Device.I2c;
using System.Device.Pwm;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Chips.Pca9685;

/// <summary>NXP PCA9685: sixteen PWM outputs of twelve bits with one frequency, for servos, ESCs and LEDs. One thread at a time.</summary>
/// <remarks>Source: NXP, PCA9685 product data sheet, rev. 4, 2015: register numbers from table 4, frequency from section 7.3.5.</remarks>
public sealed class Pca9685 : IDisposable
{
    public const int DefaultAddress = 0x40;
    public const int ChannelCount = 16;

    /// <summary>Steps of one period.</summary>
    public const int Steps = 4096;

    private const byte Mode1 = 0x00;
    private const byte Mode2 = 0x01;
    private const byte FirstChannel = 0x06;
    private const byte AllChannelsOffHigh = 0xFD;
    private const byte PreScale = 0xFE;

    private const byte Mode1Restart = 0x80;
    private const byte Mode1AutoIncrement = 0x20;
    private const byte Mode1Sleep = 0x10;
    private const byte Mode2TotemPole = 0x04;
    private const byte FullBit = 0x10; // of the high byte of ON or OFF: always on, always off

    private readonly I2cDevice _device;
    private readonly double _clockHertz;
    private int _preScale;

    /// <param name="device">Disposed with this object.</param>
    /// <param name="clockHertz">Of the chip's oscillator: 25 MHz by the data sheet, a few per cent off in practice. Measure a pulse and give the real one.</param>
    /// <param name="takeOver">
    /// Leaves a chip alone that is set up like this already, as a program left it that died: its outputs go on, and <see cref="IsTakenOver"/>. Any other chip is set up anew, which turns all outputs off.
    /// </param>
    /// <exception cref="DeviceException">The chip does not answer.</exception>
    public Pca9685(I2cDevice device, double frequencyHertz = 50, double clockHertz = 25_000_000, bool takeOver = false)
    {
        _device = device;
        _clockHertz = clockHertz;
        _preScale = PreScaleFor(frequencyHertz);
        FrequencyHertz = _clockHertz / Steps / (_preScale + 1);
        IsTakenOver = takeOver && IsSetUp();
        if (IsTakenOver)
            return;
        Stop(); // whatever ran before, nothing moves during set-up
        _device.WriteRegister(Mode2, Mode2TotemPole);
        SetFrequency(frequencyHertz);
    }

    /// <summary>What the prescaler made of the frequency asked for.</summary>
    public double FrequencyHertz { get; private set; }

    /// <summary>The outputs were left as they were found.</summary>
    public bool IsTakenOver { get; }

    /// <summary>Looks whether the chip still has the settings that this object gave it.</summary>
    /// <returns>False where its supply failed since, or another program has set it up.</returns>
    public bool IsSetUp()
    {
        Span<byte> modes = stackalloc byte[2];
        _device.WriteRead([Mode1], modes);
        return (modes[0] & ~Mode1Restart) == Mode1AutoIncrement && modes[1] == Mode2TotemPole && _device.ReadRegister(PreScale) == _preScale;
    }

    /// <summary>Changes the frequency of all channels; outputs stand still for half a millisecond.</summary>
    /// <param name="frequencyHertz">24 to 1526 with the chip's own clock.</param>
    public void SetFrequency(double frequencyHertz)
    {
        var preScale = PreScaleFor(frequencyHertz);
        // The prescaler takes a value only while the oscillator is off; channels that ran go on after a restart (section 7.3.1.1).
        _device.WriteRegister(Mode1, Mode1AutoIncrement | Mode1Sleep);
        _device.WriteRegister(PreScale, (byte)preScale);
        _device.WriteRegister(Mode1, Mode1AutoIncrement);
        Settling.Wait(TimeSpan.FromMilliseconds(1)); // the oscillator needs 0.5 ms
        _device.WriteRegister(Mode1, Mode1AutoIncrement | Mode1Restart);
        (_preScale, FrequencyHertz) = (preScale, _clockHertz / Steps / (preScale + 1));
    }

    /// <summary>Sets the part of the period that a channel is on, 0 to 1.</summary>
    public void SetDuty(int channel, double duty) => SetDuties(channel, [duty]);

    /// <summary>Sets neighbouring channels in one transfer, which all change at once at its end.</summary>
    /// <param name="duties">0 to 1 each, of the channels from the first on.</param>
    public void SetDuties(int firstChannel, ReadOnlySpan<double> duties)
    {
        Span<byte> bytes = stackalloc byte[1 + (4 * ChannelCount)];
        Check(firstChannel, duties.Length);
        bytes[0] = Register(firstChannel);
        for (var i = 0; i < duties.Length; i++)
        {
            if (!(duties[i] is >= 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(duties), duties[i], "a duty is 0 to 1");
            var steps = (int)Math.Round(duties[i] * Steps);
            var (on, off) = steps switch
            {
                0 => (0, FullBit << 8),
                Steps => (FullBit << 8, 0),
                _ => (0, steps),
            };
            var at = bytes[(1 + (4 * i))..];
            (at[0], at[1], at[2], at[3]) = ((byte)on, (byte)(on >> 8), (byte)off, (byte)(off >> 8));
        }
        _device.Write(bytes[..(1 + (4 * duties.Length))]);
    }

    /// <summary>Sets the length of a channel's pulse, as servos and ESCs read it.</summary>
    public void SetPulse(int channel, TimeSpan width) => SetDuty(channel, width.TotalSeconds * FrequencyHertz);

    /// <summary>A channel for drivers that take a PWM output, such as a servo's.</summary>
    public PwmChannel OpenChannel(int channel)
    {
        _ = Register(channel);
        return new Pca9685Channel(this, channel);
    }

    /// <summary>Reads back what a channel was told.</summary>
    /// <returns>0 to 1.</returns>
    public double GetDuty(int channel)
    {
        Span<double> duty = stackalloc double[1];
        GetDuties(channel, duty);
        return duty[0];
    }

    /// <summary>Reads back what neighbouring channels were told, in one transfer.</summary>
    /// <param name="duties">Becomes 0 to 1 each, of the channels from the first on.</param>
    public void GetDuties(int firstChannel, Span<double> duties)
    {
        Span<byte> values = stackalloc byte[4 * ChannelCount];
        Check(firstChannel, duties.Length);
        values = values[..(4 * duties.Length)];
        _device.WriteRead([Register(firstChannel)], values);
        for (var i = 0; i < duties.Length; i++)
        {
            var at = values[(4 * i)..];
            if ((at[3] & FullBit) != 0) // off wins over on (section 7.3.3)
                duties[i] = 0;
            else
                duties[i] = (at[1] & FullBit) != 0 ? 1 : ((at[2] | (at[3] << 8)) - (at[0] | (at[1] << 8))) / (double)Steps;
        }
    }

    /// <summary>Ends the pulses of all channels in one transfer: servos let go, ESCs stop.</summary>
    public void Stop() => _device.WriteRegister(AllChannelsOffHigh, FullBit); // one byte: right before auto-increment is on, too

    public void Dispose() => _device.Dispose();

    private int PreScaleFor(double frequencyHertz)
    {
        var preScale = (int)Math.Round(_clockHertz / (Steps * frequencyHertz)) - 1;
        return preScale is < 3 or > 255 || double.IsNaN(frequencyHertz)
            ? throw new ArgumentOutOfRangeException(nameof(frequencyHertz), frequencyHertz, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"a PCA9685 makes {_clockHertz / Steps / 256:F0} to {_clockHertz / Steps / 4:F0} Hz"))
            : preScale;
    }

    private static void Check(int firstChannel, int count)
    {
        _ = Register(firstChannel);
        if (count < 1 || firstChannel + count > ChannelCount)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"from channel {firstChannel} on a PCA9685 has {ChannelCount - firstChannel} channels");
    }

    private static byte Register(int channel) => channel is >= 0 and < ChannelCount
        ? (byte)(FirstChannel + (4 * channel))
        : throw new ArgumentOutOfRangeException(nameof(channel), channel, "a PCA9685 has channels 0 to 15");
}
