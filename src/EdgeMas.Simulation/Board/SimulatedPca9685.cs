namespace EdgeMas.Simulation.Board;

/// <summary>NXP PCA9685 as the bus sees it, with the rules that catch a driver out: no auto-increment after power-on, a prescaler that is deaf while the oscillator runs.</summary>
/// <remarks>Source: NXP, PCA9685 product data sheet, rev. 4, section 7.3.</remarks>
public sealed class SimulatedPca9685 : RegisterChip, ISuppliedChip
{
    private const int ChannelCount = 16;
    private const byte Mode1 = 0x00;
    private const byte FirstChannel = 0x06;
    private const byte AllOn = 0xFA;
    private const byte PreScale = 0xFE;
    private const byte Sleep = 0x10;
    private const byte Increment = 0x20;
    private const int Full = 0x1000;
    private const double ClockHertz = 25e6;

    private readonly TimeProvider? _time;

    /// <param name="time">Of the trace; null for none.</param>
    public SimulatedPca9685(TimeProvider? time = null)
    {
        _time = time;
        PowerUp();
    }

    /// <summary>What came out of the pins since the start, where there is a clock.</summary>
    public ServoTrace Pulses { get; } = new(ChannelCount);

    public ServoChipFaults Faults { get; } = new();

    /// <summary>Of all outputs; 0 while the oscillator sleeps.</summary>
    public double FrequencyHertz => Locked(Frequency);

    protected override bool AutoIncrement => (Registers[Mode1] & Increment) != 0;

    /// <summary>The part of the period that an output is high: 0 to 1.</summary>
    public double Duty(int channel) => Locked(() => DutyOf(channel));

    /// <summary>The supply fails and comes back: all registers are as in the data sheet, all outputs off.</summary>
    public void PowerUp() => Locked(() =>
    {
        Array.Clear(Registers);
        Registers[Mode1] = 0x11;
        Registers[0x01] = 0x04;
        Registers[PreScale] = 0x1E;
        for (var channel = 0; channel < ChannelCount; channel++)
            Registers[FirstChannel + (channel * 4) + 3] = 0x10; // off
        OnWritten();
    });

    protected override void OnWrite(byte register, byte value)
    {
        if (register == PreScale && (Registers[Mode1] & Sleep) == 0)
            return;
        if (register is >= AllOn and < PreScale)
        {
            for (var channel = 0; channel < ChannelCount && !Faults.AllOffIgnored; channel++)
                Registers[FirstChannel + (channel * 4) + register - AllOn] = value;
        }
        else
        {
            Registers[register] = register == Mode1 ? (byte)(value & 0x7F) : value; // RESTART reads as done
        }
    }

    /// <summary>Outputs change at the bus's stop condition (section 7.3.2, OCH).</summary>
    protected override void OnWritten()
    {
        if (_time is null)
            return;
        var (now, hertz) = (_time.GetTimestamp(), Frequency() * Faults.ClockShare);
        for (var channel = 0; channel < ChannelCount; channel++)
        {
            var seconds = hertz == 0 ? 0 : DutyOf(Faults.ChannelAt(channel)) / hertz;
            Pulses.Add(channel, new ServoPulse(now, seconds));
        }
    }

    private double Frequency() => (Registers[Mode1] & Sleep) != 0 ? 0 : ClockHertz / 4096 / (Registers[PreScale] + 1);

    private double DutyOf(int channel)
    {
        if (channel < 0 || (Registers[Mode1] & Sleep) != 0)
            return 0;
        var at = FirstChannel + (channel * 4);
        var on = Registers[at] | (Registers[at + 1] << 8);
        var off = Registers[at + 2] | (Registers[at + 3] << 8);
        return (off & Full) != 0 ? 0 : (on & Full) != 0 ? 1 : (((off - on) & 0xFFF) / 4096.0);
    }
}
