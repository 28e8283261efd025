using System.Device.Pwm;
using EdgeMas.Devices.Gpio;

namespace EdgeMas.Devices.Tests.Chips;

/// <summary>Lines and a PWM channel that note what is done to them, in one order: "lines 101" (the first line last), "duty 0.5", "start".</summary>
internal sealed class RecordedPins : IOutputLines
{
    private readonly List<string> _log = [];

    internal RecordedPins(int count)
    {
        Count = count;
        Pwm = new RecordedPwm(_log);
    }

    public int Count { get; }

    internal ulong Levels { get; private set; }

    internal bool Disposed { get; private set; }

    internal RecordedPwm Pwm { get; }

    /// <summary>What was noted since the last call.</summary>
    internal string[] Take()
    {
        string[] taken = [.. _log];
        _log.Clear();
        return taken;
    }

    public void Write(ulong bits, ulong mask)
    {
        mask &= (1UL << Count) - 1;
        if (mask == 0)
            throw new IOException("Invalid argument: the kernel refuses a write to no line");
        Levels = (Levels & ~mask) | (bits & mask);
        _log.Add("lines " + Convert.ToString((long)Levels, 2).PadLeft(Count, '0'));
    }

    public void Dispose() => Disposed = true;

    internal sealed class RecordedPwm(List<string> log) : PwmChannel
    {
        private double _duty;

        internal bool Disposed { get; private set; }

        public override int Frequency { get; set; } = 20_000;

        public override double DutyCycle
        {
            get => _duty;
            set
            {
                _duty = value;
                log.Add(FormattableString.Invariant($"duty {value}"));
            }
        }

        public override void Start() => log.Add("start");

        public override void Stop() => log.Add("stop");

        protected override void Dispose(bool disposing) => Disposed = true;
    }
}
