using System.Runtime.InteropServices;
using System.Text;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Gpio;
using static EdgeMas.Devices.Native.GpioUapi;

namespace EdgeMas.Devices.Native;

/// <summary>One open GPIO chip: tells what it has, and lends lines.</summary>
internal sealed unsafe class GpioChipDevice : IDisposable
{
    private readonly FileDescriptor _descriptor;

    private GpioChipDevice(FileDescriptor descriptor, string path)
    {
        _descriptor = descriptor;
        Path = path;
        gpiochip_info info;
        if (Libc.ioctl(descriptor, GPIO_GET_CHIPINFO_IOCTL, &info) < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            descriptor.Dispose();
            throw new DeviceException(path, "be asked", $"{ErrnoText.Of(error)}: it is no GPIO chip", error);
        }
        Name = Text(info.name);
        Label = Text(info.label);
        LineCount = (int)info.lines;
    }

    internal string Path { get; }

    internal string Name { get; }

    /// <summary>What the driver calls the chip, such as pinctrl-bcm2711; stays the same when the number of /dev/gpiochipN changes.</summary>
    internal string Label { get; }

    internal int LineCount { get; }

    /// <exception cref="DeviceException">No such chip, or no permission.</exception>
    internal static GpioChipDevice Open(string chip)
    {
        var path = chip.Contains('/', StringComparison.Ordinal) ? chip : $"/dev/{chip}";
        return new GpioChipDevice(DeviceFile.Open(path, DeviceKind.Gpio), path);
    }

    /// <param name="line">Offset, below <see cref="LineCount"/>.</param>
    internal GpioLineInfo Describe(int line)
    {
        var info = new gpio_v2_line_info { offset = (uint)line };
        if (Libc.ioctl(_descriptor, GPIO_V2_GET_LINEINFO_IOCTL, &info) < 0)
            throw Fail([line], "be described", Marshal.GetLastPInvokeError());
        return new GpioLineInfo(line, Text(info.name), Text(info.consumer), (info.flags & GPIO_V2_LINE_FLAG_USED) != 0, (info.flags & GPIO_V2_LINE_FLAG_OUTPUT) != 0);
    }

    internal LineRequest Request(ReadOnlySpan<int> lines, GpioLineSettings settings, string consumer)
    {
        if (lines.Length is 0 or > GPIO_V2_LINES_MAX)
            throw new ArgumentException($"a request holds 1 to {GPIO_V2_LINES_MAX} lines, not {lines.Length}", nameof(lines));
        var request = new gpio_v2_line_request
        {
            num_lines = (uint)lines.Length,
            event_buffer_size = (uint)settings.EdgeCapacity,
            config = LineRequest.ConfigOf(settings, ulong.MaxValue >> (GPIO_V2_LINES_MAX - lines.Length)),
        };
        for (var i = 0; i < lines.Length; i++)
            request.offsets[i] = (uint)lines[i];
        // 31 bytes and the ending zero; a letter cut in two does no harm here.
        Encoding.UTF8.GetBytes(consumer).AsSpan().Slice(0, Math.Min(Encoding.UTF8.GetByteCount(consumer), GPIO_MAX_NAME_SIZE - 1)).CopyTo(new Span<byte>(request.consumer, GPIO_MAX_NAME_SIZE));
        if (Libc.ioctl(_descriptor, GPIO_V2_GET_LINE_IOCTL, &request) < 0)
            throw Fail(lines, settings.Output ? "be used as output" : "be used as input", Marshal.GetLastPInvokeError());
        var descriptor = new FileDescriptor(request.fd);
        if (Libc.fcntl(descriptor, Libc.F_SETFL, Libc.O_NONBLOCK) < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            descriptor.Dispose();
            throw Fail(lines, "be read without waiting", error);
        }
        return new LineRequest(descriptor, lines.ToArray(), NameOf(lines));
    }

    public void Dispose() => _descriptor.Dispose();

    private DeviceException Fail(ReadOnlySpan<int> lines, string action, int error)
    {
        foreach (var line in lines)
        {
            if (line < 0 || line >= LineCount)
                return new DeviceException(Path, action, $"it has no line {line}: '{Label}' has lines 0 to {LineCount - 1}", error);
        }
        if (error == Errno.EBUSY)
        {
            foreach (var line in lines)
            {
                if (Describe(line) is { Used: true } busy)
                    return new DeviceException(NameOf([line]), action, $"it is used by '{busy.Consumer}'{(busy.Name.Length > 0 ? $" ({busy.Name})" : "")}: end that program or overlay, or choose another line", error);
            }
        }
        return new DeviceException(NameOf(lines), action, ErrnoText.Of(error) + (error == Errno.EINVAL ? ": this chip cannot do what was asked (bias, edges, debounce), or a line was named twice" : ""), error);
    }

    private string NameOf(ReadOnlySpan<int> lines) => $"{Path} line{(lines.Length > 1 ? "s" : "")} {string.Join(", ", lines.ToArray())}";

    private static string Text(byte* letters) => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(letters));
}
