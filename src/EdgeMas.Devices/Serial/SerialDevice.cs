using System.IO.Ports;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Native;

namespace EdgeMas.Devices.Serial;

/// <summary>
/// What hangs on a serial port, which this program has for itself while it is open: neither a program that asks for the port's lock nor one that does not gets it too.
/// System.IO.Ports sets the port up; reading and writing wait in the kernel, and allocate nothing except for a wait that can be cancelled. One thread reads; one, perhaps
/// another, writes.
/// </summary>
/// <remarks>
/// A USB adapter that is unplugged ends every call with a <see cref="DeviceException"/>, and this object stays useless: its owner disposes it and opens another one, as
/// <see cref="Watches.PartWatch"/> does.
/// </remarks>
public sealed class SerialDevice : IDisposable
{
    /// <summary>The kernel holds less.</summary>
    private const int MostDiscarded = 1 << 18;

    private readonly SerialNode _node;
    private readonly SerialPort _port;
    private readonly WakeDescriptor _readWake = WakeDescriptor.Create();
    private readonly WakeDescriptor _writeWake = WakeDescriptor.Create();

    private SerialDevice(SerialNode node, SerialPort port, string path, SerialSettings settings)
    {
        _node = node;
        _port = port;
        Path = path;
        Settings = settings;
    }

    /// <summary>As it was opened.</summary>
    public string Path { get; }

    public SerialSettings Settings { get; }

    /// <param name="path">Such as <c>/dev/serial0</c>; of a USB adapter best its name in <c>/dev/serial/by-id</c>, which stays with it.</param>
    /// <param name="settings">Null for 9600 baud 8N1.</param>
    /// <param name="enable">What makes the port appear on this board, from the board's file; null for advice in general.</param>
    /// <returns>A port without input from before. Its lines DTR and RTS are on, as Linux has them: some USB devices send to no other.</returns>
    /// <exception cref="DeviceException">The board has no such port, no permission, another program or the kernel's console has it, it is no serial port, or it cannot speak so.</exception>
    public static SerialDevice Open(string path, SerialSettings? settings = null, string? enable = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        settings ??= new SerialSettings();
        settings.Check();
        var node = SerialNode.Open(path, enable);
        var port = new SerialPort(path, settings.Baud, settings.Parity, settings.DataBits, settings.StopBits);
        SerialDevice? device = null;
        try
        {
            SetUp(port, node, settings);
            device = new SerialDevice(node, port, path, settings);
            device.DiscardInput();
            return device;
        }
        catch
        {
            if (device is null)
            {
                port.Dispose();
                node.Dispose();
            }
            device?.Dispose();
            throw;
        }
    }

    /// <summary>Waits for at least one byte.</summary>
    /// <param name="timeout">Not negative; <see cref="Timeout.InfiniteTimeSpan"/> waits without end.</param>
    /// <returns>How many were put into <paramref name="bytes"/>; 0 when the time passed without one.</returns>
    /// <exception cref="DeviceException">It was unplugged.</exception>
    public int Read(Span<byte> bytes, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        if (bytes.IsEmpty)
            return 0;
        cancellationToken.ThrowIfCancellationRequested();
        using var registration = Register(cancellationToken, _readWake);
        var deadline = new Deadline(timeout);
        while (true)
        {
            var left = deadline.Left;
            var count = _node.Read(bytes, left, _readWake);
            cancellationToken.ThrowIfCancellationRequested();
            if (count > 0 || left == TimeSpan.Zero)
                return count;
            _readWake.Clear(); // of an earlier wait, cancelled as it ended
        }
    }

    /// <summary>Hands all bytes to the kernel, which sends them.</summary>
    /// <param name="timeout">Not negative; <see cref="Timeout.InfiniteTimeSpan"/> waits without end.</param>
    /// <exception cref="DeviceException">It was unplugged, or its queue stayed full.</exception>
    public void Write(ReadOnlySpan<byte> bytes, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var registration = Register(cancellationToken, _writeWake);
        var deadline = new Deadline(timeout);
        while (!bytes.IsEmpty)
        {
            var left = deadline.Left;
            var count = _node.Write(bytes, left, _writeWake);
            cancellationToken.ThrowIfCancellationRequested();
            bytes = bytes[count..];
            if (count == 0 && left == TimeSpan.Zero)
                throw new DeviceException(Path, "send", $"{bytes.Length} bytes were not taken within {timeout.TotalMilliseconds} ms: nothing goes out at {Settings}", Errno.ETIMEDOUT);
            if (count == 0)
                _writeWake.Clear();
        }
    }

    /// <summary>Throws away what has been received and not read. For a reader that was held up: what is there is older than it seems.</summary>
    /// <exception cref="DeviceException">It was unplugged.</exception>
    public void DiscardInput()
    {
        _node.DiscardInput();
        // The kernel's second buffer comes after the first one's end.
        Span<byte> rest = stackalloc byte[4096];
        for (var discarded = 0; discarded < MostDiscarded;)
        {
            var count = _node.Read(rest, TimeSpan.Zero, _readWake);
            if (count == 0)
                return;
            discarded += count;
        }
    }

    /// <summary>Lets others have the port; not while a call is under way.</summary>
    public void Dispose()
    {
        _port.Dispose();
        _node.Dispose();
        _readWake.Dispose();
        _writeWake.Dispose();
    }

    private static void SetUp(SerialPort port, SerialNode node, SerialSettings settings)
    {
        try
        {
            port.Open();
            if (node.HasModemLines)
                (port.DtrEnable, port.RtsEnable) = (true, true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            throw new DeviceException(port.PortName, $"be set to {settings}", (error.InnerException ?? error).Message, Errno.EINVAL, error);
        }
        if (node.TakenBaud() is var taken && !settings.IsMetBy(taken))
            throw new DeviceException(port.PortName, $"be set to {settings}", $"it takes {taken} baud for it: set both ends to a rate that its clock gives, such as 9600 or 115200", Errno.EINVAL);
    }

    private static CancellationTokenRegistration Register(CancellationToken token, WakeDescriptor wake) =>
        token.CanBeCanceled ? token.UnsafeRegister(static wake => ((WakeDescriptor)wake!).Set(), wake) : default;
}
