using System.Device.Gpio;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Native;

namespace EdgeMas.Devices.Gpio;

/// <summary>
/// Drives one GPIO chip for <see cref="GpioController"/> through the kernel's character device, without libgpiod: <c>new GpioController(new KernelGpioDriver("gpiochip0"))</c>.
/// Pins are the chip's line offsets. Callbacks come on one thread of the driver, in the kernel's order. Any thread may call.
/// </summary>
/// <remarks>Lines that are read or written together are faster and keep their order as <see cref="GpioLines"/>.</remarks>
public sealed class KernelGpioDriver : GpioDriver
{
    private readonly GpioChipDevice _chip;
    private readonly string _consumer;
    private readonly Dictionary<int, OpenPin> _pins = [];
    private readonly EdgePump _pump;
    private readonly Lock _gate = new();

    /// <param name="chip">Path or name: <c>/dev/gpiochip0</c>, <c>gpiochip0</c>.</param>
    /// <exception cref="DeviceException">No such chip, or no permission.</exception>
    public KernelGpioDriver(string chip, string consumer = "edgemas")
    {
        _chip = GpioChipDevice.Open(chip);
        _consumer = consumer;
        _pump = new EdgePump(_chip.Name);
    }

    /// <summary>What the chip's driver in the kernel is called.</summary>
    public string Label => _chip.Label;

    protected override int PinCount => _chip.LineCount;

    public GpioLineInfo Describe(int pinNumber) => _chip.Describe(pinNumber);

    /// <summary>Edges of a pin that came faster than they were taken.</summary>
    public long LostEdges(int pinNumber) => Find(pinNumber).Lines.LostEdges;

    protected override void OpenPin(int pinNumber)
    {
        lock (_gate)
        {
            if (!_pins.ContainsKey(pinNumber))
                _pins.Add(pinNumber, new OpenPin(pinNumber, GpioLines.Open(_chip, [pinNumber], GpioLineSettings.Input, _consumer)));
        }
    }

    protected override void ClosePin(int pinNumber)
    {
        OpenPin? pin;
        lock (_gate)
            _pins.Remove(pinNumber, out pin);
        if (pin is null)
            return;
        _pump.Remove(pin);
        pin.Lines.Dispose();
    }

    protected override void SetPinMode(int pinNumber, PinMode mode)
    {
        var pin = Find(pinNumber);
        // An output that becomes an output keeps its level; an input drives what it read.
        SetPinMode(pinNumber, mode, mode == PinMode.Output ? pin.Lines.Read(0) : PinValue.Low);
    }

    protected override void SetPinMode(int pinNumber, PinMode mode, PinValue initialValue)
    {
        if (!IsPinModeSupported(pinNumber, mode))
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "a pin is Input, InputPullUp, InputPullDown or Output");
        var pin = Find(pinNumber);
        lock (_gate)
        {
            pin.Mode = mode;
            pin.Lines.Configure(pin.Settings(initialValue == PinValue.High));
        }
    }

    protected override PinMode GetPinMode(int pinNumber) => Find(pinNumber).Mode;

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => mode is PinMode.Input or PinMode.InputPullUp or PinMode.InputPullDown or PinMode.Output;

    protected override PinValue Read(int pinNumber) => Find(pinNumber).Lines.Read(0);

    protected override void Write(int pinNumber, PinValue value) => Find(pinNumber).Lines.Write(0, value == PinValue.High);

    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken)
    {
        using var seen = new ManualResetEventSlim();
        var type = PinEventTypes.None;
        void See(object sender, PinValueChangedEventArgs change)
        {
            type = change.ChangeType;
            seen.Set();
        }

        AddCallbackForPinValueChangedEvent(pinNumber, eventTypes, See);
        try
        {
            seen.Wait(cancellationToken);
            return new WaitForEventResult { EventTypes = type };
        }
        catch (OperationCanceledException)
        {
            return new WaitForEventResult { TimedOut = true };
        }
        finally
        {
            RemoveCallbackForPinValueChangedEvent(pinNumber, See);
        }
    }

    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
    {
        var pin = Find(pinNumber);
        lock (_gate)
        {
            if (pin.Mode == PinMode.Output)
                throw new InvalidOperationException($"{_chip.Path} line {pinNumber} is an output: only inputs have edges");
            pin.Add(eventTypes, callback);
            pin.Lines.Configure(pin.Settings(high: false));
        }
        _pump.Add(pin);
    }

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback)
    {
        var pin = Find(pinNumber);
        lock (_gate)
        {
            if (!pin.Remove(callback))
                return;
            pin.Lines.Configure(pin.Settings(high: false));
        }
        if (!pin.HasCallbacks)
            _pump.Remove(pin);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _pump.Dispose();
            lock (_gate)
            {
                foreach (var pin in _pins.Values)
                    pin.Lines.Dispose();
                _pins.Clear();
            }
            _chip.Dispose();
        }
        base.Dispose(disposing);
    }

    private OpenPin Find(int pinNumber)
    {
        lock (_gate)
            return _pins.TryGetValue(pinNumber, out var pin) ? pin : throw new InvalidOperationException($"{_chip.Path} line {pinNumber} is not open: call OpenPin first");
    }
}
