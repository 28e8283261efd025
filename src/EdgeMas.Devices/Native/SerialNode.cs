using System.Runtime.InteropServices;
using EdgeMas.Devices.Errors;
using static EdgeMas.Devices.Native.TtyUapi;

namespace EdgeMas.Devices.Native;

/// <summary>
/// An open serial port that this program alone has. It waits in the kernel: the stream of System.IO.Ports asks the kernel a thousand times a second while it waits, does not
/// tell an adapter that was unplugged from a port that was closed, and never ends writing to one.
/// </summary>
internal sealed unsafe class SerialNode : IDisposable
{
    private readonly FileDescriptor _descriptor;
    private readonly string _path;

    private SerialNode(FileDescriptor descriptor, string path)
    {
        _descriptor = descriptor;
        _path = path;
    }

    /// <summary>It has the lines DTR and RTS.</summary>
    internal bool HasModemLines
    {
        get
        {
            int lines;
            return Libc.ioctl(_descriptor, TIOCMGET, &lines) == 0;
        }
    }

    /// <exception cref="DeviceException">Missing, forbidden, no serial port, or another program has it.</exception>
    internal static SerialNode Open(string path, string? enable)
    {
        var descriptor = new FileDescriptor(Libc.open(path, Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC));
        if (descriptor.IsInvalid && Marshal.GetLastPInvokeError() is var error)
            throw error == Errno.EBUSY ? Busy(path, own: 0) : DeviceNode.CannotOpen(path, DeviceKind.Serial, error, enable);
        var node = new SerialNode(descriptor, path);
        try
        {
            node.RequireSerial(enable);
            node.Lock();
            return node;
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    /// <returns>Bits a second, as the port's driver took them.</returns>
    internal uint TakenBaud()
    {
        termios2 settings;
        return Libc.ioctl(_descriptor, TCGETS2, &settings) == 0 ? settings.c_ospeed : throw Fail("tell its speed", Marshal.GetLastPInvokeError());
    }

    /// <returns>Bytes read; 0 when the time passed, or the flag was set, without one.</returns>
    internal int Read(Span<byte> bytes, TimeSpan timeout, WakeDescriptor wake)
    {
        var ready = Wait(Libc.POLLIN, timeout, wake);
        if (ready == 0)
            return 0;
        nint count;
        fixed (byte* first = bytes)
            count = Libc.read(_descriptor, first, (nuint)bytes.Length);
        if (count > 0)
            return (int)count;
        // A terminal that was hung up reads as the end of a file.
        var error = count < 0 ? Marshal.GetLastPInvokeError() : (ready & (Libc.POLLHUP | Libc.POLLERR)) != 0 ? Errno.EIO : Errno.EAGAIN;
        return error is Errno.EAGAIN or Errno.EINTR ? 0 : throw Fail("be read", error);
    }

    /// <returns>Bytes taken; 0 when the time passed, or the flag was set, without one.</returns>
    internal int Write(ReadOnlySpan<byte> bytes, TimeSpan timeout, WakeDescriptor wake)
    {
        if (Wait(Libc.POLLOUT, timeout, wake) == 0)
            return 0;
        nint count;
        fixed (byte* first = bytes)
            count = Libc.write(_descriptor, first, (nuint)bytes.Length);
        var error = count < 0 ? Marshal.GetLastPInvokeError() : 0;
        return error is 0 or Errno.EAGAIN or Errno.EINTR ? (int)Math.Max(count, 0) : throw Fail("be written", error);
    }

    /// <summary>Throws away what the kernel has received and nobody has read.</summary>
    internal void DiscardInput()
    {
        if (Libc.ioctl(_descriptor, TCFLSH, (void*)TCIFLUSH) < 0)
            throw Fail("discard its input", Marshal.GetLastPInvokeError());
    }

    public void Dispose() => _descriptor.Dispose();

    /// <returns>What is ready; 0 when the time passed, or the flag was set.</returns>
    private short Wait(short events, TimeSpan timeout, WakeDescriptor wake)
    {
        var watched = stackalloc Libc.poll_fd[2];
        watched[0] = new() { fd = _descriptor.Number, events = events };
        watched[1] = new() { fd = wake.Number, events = Libc.POLLIN };
        var milliseconds = timeout == Timeout.InfiniteTimeSpan ? -1 : (int)Math.Clamp(Math.Ceiling(timeout.TotalMilliseconds), 0, int.MaxValue);
        if (Libc.poll(watched, 2, milliseconds) < 0 && Marshal.GetLastPInvokeError() is not Errno.EINTR and var error)
            throw Fail("wait", error);
        return watched[0].revents;
    }

    private void RequireSerial(string? enable)
    {
        termios2 settings;
        if (Libc.ioctl(_descriptor, TCGETS2, &settings) < 0 && Marshal.GetLastPInvokeError() is var error)
        {
            throw error == Errno.ENOTTY
                ? new DeviceException(_path, "be opened", "it is no serial port", error)
                : DeviceNode.CannotOpen(_path, DeviceKind.Serial, error == Errno.EIO ? Errno.ENODEV : error, enable); // a name that the kernel keeps for hardware that is not there
        }
        if (SerialConsole.IsOn(_path))
            throw SerialConsole.Trouble(_path, enable);
    }

    /// <summary>The kernel's own lock, TIOCEXCL, does not stop root; the file's lock stops those only who ask for it. Both together stop all.</summary>
    private void Lock()
    {
        int isExclusive;
        if (Libc.flock(_descriptor, Libc.LOCK_EX | Libc.LOCK_NB) < 0 || (Libc.ioctl(_descriptor, TIOCGEXCL, &isExclusive) == 0 && isExclusive != 0))
            throw Busy(_path, own: 1);
    }

    private static DeviceException Busy(string path, int own) => new(path, "be opened", DeviceHolders.Describe(path, own), Errno.EBUSY);

    private DeviceException Fail(string action, int error) =>
        new(_path, action, error is Errno.EIO or Errno.ENXIO or Errno.ENODEV ? "it is gone: the adapter was unplugged, or its line was hung up" : ErrnoText.Of(error), error);
}
