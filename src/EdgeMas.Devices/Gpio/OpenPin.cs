using System.Device.Gpio;

namespace EdgeMas.Devices.Gpio;

/// <summary>One pin of <see cref="KernelGpioDriver"/>, which guards it, and those who want its edges.</summary>
internal sealed class OpenPin(int number, GpioLines lines)
{
    private volatile (PinEventTypes Types, PinChangeEventHandler Callback)[] _callbacks = [];

    internal int Number { get; } = number;

    internal GpioLines Lines { get; } = lines;

    internal PinMode Mode { get; set; } = PinMode.Input;

    internal bool HasCallbacks => _callbacks.Length > 0;

    internal void Add(PinEventTypes types, PinChangeEventHandler callback) => _callbacks = [.. _callbacks, (types, callback)];

    /// <returns>False where it was not there.</returns>
    internal bool Remove(PinChangeEventHandler callback)
    {
        var index = Array.FindIndex(_callbacks, entry => entry.Callback == callback);
        if (index >= 0)
            _callbacks = [.. _callbacks.AsSpan(0, index), .. _callbacks.AsSpan(index + 1)];
        return index >= 0;
    }

    internal GpioLineSettings Settings(bool high)
    {
        if (Mode == PinMode.Output)
            return GpioLineSettings.Outputs(high ? 1UL : 0);
        var edges = GpioEdges.None;
        foreach (var (types, _) in _callbacks)
            edges |= (GpioEdges)types; // the same bits
        return GpioLineSettings.Input with
        {
            Edges = edges,
            Bias = Mode switch { PinMode.InputPullUp => GpioBias.PullUp, PinMode.InputPullDown => GpioBias.PullDown, _ => GpioBias.AsFound },
        };
    }

    internal void Tell(object sender, in GpioEdge edge)
    {
        var type = edge.Rising ? PinEventTypes.Rising : PinEventTypes.Falling;
        foreach (var (types, callback) in _callbacks)
        {
            if (types.HasFlag(type))
                callback(sender, new PinValueChangedEventArgs(type, Number));
        }
    }
}
