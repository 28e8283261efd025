using System.Runtime.InteropServices;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Gpio;
using static EdgeMas.Devices.Native.GpioUapi;

namespace EdgeMas.Devices.Native;

/// <summary>Owns lines that the kernel has lent. The calls of one line set may come from any thread.</summary>
internal sealed unsafe class LineRequest : IDisposable
{
    private readonly FileDescriptor _descriptor;
    private readonly int[] _lines;
    private readonly string _name;

    internal LineRequest(FileDescriptor descriptor, int[] lines, string name)
    {
        _descriptor = descriptor;
        _lines = lines;
        _name = name;
    }

    internal IReadOnlyList<int> Lines => _lines;

    internal ulong AllMask => ulong.MaxValue >> (GPIO_V2_LINES_MAX - _lines.Length);

    internal int Descriptor => _descriptor.Number;

    internal static gpio_v2_line_config ConfigOf(GpioLineSettings settings, ulong allMask)
    {
        var config = new gpio_v2_line_config
        {
            flags = (settings.Output ? GPIO_V2_LINE_FLAG_OUTPUT : GPIO_V2_LINE_FLAG_INPUT)
                | (settings.ActiveLow ? GPIO_V2_LINE_FLAG_ACTIVE_LOW : 0)
                | (settings.OpenDrain ? GPIO_V2_LINE_FLAG_OPEN_DRAIN : 0)
                | (settings.Edges.HasFlag(GpioEdges.Rising) ? GPIO_V2_LINE_FLAG_EDGE_RISING : 0)
                | (settings.Edges.HasFlag(GpioEdges.Falling) ? GPIO_V2_LINE_FLAG_EDGE_FALLING : 0)
                | settings.Bias switch
                {
                    GpioBias.PullUp => GPIO_V2_LINE_FLAG_BIAS_PULL_UP,
                    GpioBias.PullDown => GPIO_V2_LINE_FLAG_BIAS_PULL_DOWN,
                    GpioBias.Off => GPIO_V2_LINE_FLAG_BIAS_DISABLED,
                    _ => 0UL,
                },
        };
        if (settings.Output)
            config.attrs[(int)config.num_attrs++] = new() { attr = new() { id = GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES, values = settings.InitialBits }, mask = allMask };
        if (settings.Debounce > TimeSpan.Zero)
            config.attrs[(int)config.num_attrs++] = new() { attr = new() { id = GPIO_V2_LINE_ATTR_ID_DEBOUNCE, debounce_period_us = (uint)settings.Debounce.TotalMicroseconds }, mask = allMask };
        return config;
    }

    internal void Configure(GpioLineSettings settings)
    {
        var config = ConfigOf(settings, AllMask);
        Check(Libc.ioctl(_descriptor, GPIO_V2_LINE_SET_CONFIG_IOCTL, &config), "use it so");
    }

    internal ulong Read(ulong mask)
    {
        var values = new gpio_v2_line_values { mask = mask };
        Check(Libc.ioctl(_descriptor, GPIO_V2_LINE_GET_VALUES_IOCTL, &values), "read");
        return values.bits & mask;
    }

    internal void Write(ulong bits, ulong mask)
    {
        var values = new gpio_v2_line_values { bits = bits, mask = mask };
        Check(Libc.ioctl(_descriptor, GPIO_V2_LINE_SET_VALUES_IOCTL, &values), "write");
    }

    /// <summary>Never waits.</summary>
    internal int ReadEdges(Span<GpioEdge> edges)
    {
        const int chunk = 32;
        var events = stackalloc gpio_v2_line_event[chunk];
        var taken = 0;
        while (taken < edges.Length)
        {
            var wanted = Math.Min(chunk, edges.Length - taken);
            var bytes = Libc.read(_descriptor, events, (nuint)(wanted * sizeof(gpio_v2_line_event)));
            if (bytes < 0 && Marshal.GetLastPInvokeError() is Errno.EAGAIN or Errno.EINTR)
                break;
            Check((int)bytes, "read edges");
            var count = (int)bytes / sizeof(gpio_v2_line_event);
            for (var i = 0; i < count; i++)
                edges[taken++] = new GpioEdge(Array.IndexOf(_lines, (int)events[i].offset), events[i].id == GPIO_V2_LINE_EVENT_RISING_EDGE, (long)events[i].timestamp_ns, events[i].seqno);
            if (count < wanted)
                break;
        }
        return taken;
    }

    /// <returns>False when the time passed; true when there are edges or the flag is set.</returns>
    internal bool Wait(WakeDescriptor wake, TimeSpan timeout) => wake.WaitFor(_descriptor, timeout, _name);

    public void Dispose() => _descriptor.Dispose();

    private void Check(int result, string action)
    {
        if (result < 0)
            throw new DeviceException(_name, action, ErrnoText.Of(Marshal.GetLastPInvokeError()), Marshal.GetLastPInvokeError());
    }
}
