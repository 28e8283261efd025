using System.Device.Gpio;
using System.Device.Pwm;

namespace EdgeMas.Devices.Tests.Chips;

/// <summary>Pins and a PWM channel that note what is done to them, in one order: "3=1", "duty 0.5", "start".</summary>
internal sealed class RecordedPins : GpioDriver
{
    private readonly Dictionary<int, (PinMode Mode, PinValue Value)> _pins = [];
    private readonly List<string> _log = [];

    internal RecordedPins() => Pwm = new RecordedPwm(_log);

    internal RecordedPwm Pwm { get; }

    protected override int PinCount => 32;

    internal PinValue this[int pin] => _pins[pin].Value;

    internal bool IsOpen(int pin) => _pins.ContainsKey(pin);

    /// <summary>What was noted since the last call.</summary>
    internal string[] Take()
    {
        string[] taken = [.. _log];
        _log.Clear();
        return taken;
    }

    protected override void OpenPin(int pinNumber) => _pins[pinNumber] = (PinMode.Input, PinValue.Low);

    protected override void ClosePin(int pinNumber) => _pins.Remove(pinNumber);

    protected override void SetPinMode(int pinNumber, PinMode mode) => _pins[pinNumber] = (mode, _pins[pinNumber].Value);

    protected override void SetPinMode(int pinNumber, PinMode mode, PinValue initialValue)
    {
        SetPinMode(pinNumber, mode);
        Write(pinNumber, initialValue);
    }

    protected override PinMode GetPinMode(int pinNumber) => _pins[pinNumber].Mode;

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => true;

    protected override PinValue Read(int pinNumber) => _pins[pinNumber].Value;

    protected override void Write(int pinNumber, PinValue value)
    {
        _pins[pinNumber] = (_pins[pinNumber].Mode, value);
        _log.Add($"{pinNumber}={(value == PinValue.High ? 1 : 0)}");
    }

    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) => throw new NotSupportedException();

    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback) => throw new NotSupportedException();

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) => throw new NotSupportedException();

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
