using System.Runtime.InteropServices;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Native;

/// <summary>A flag that a thread in <see cref="Libc.poll"/> notices: Linux's eventfd. Any thread.</summary>
internal sealed unsafe class WakeDescriptor : IDisposable
{
    private readonly FileDescriptor _descriptor;

    private WakeDescriptor(FileDescriptor descriptor) => _descriptor = descriptor;

    internal int Number => _descriptor.Number;

    internal static WakeDescriptor Create()
    {
        var descriptor = new FileDescriptor(Libc.eventfd(0, Libc.EFD_NONBLOCK | Libc.EFD_CLOEXEC));
        return descriptor.IsInvalid
            ? throw new DeviceException("eventfd", "be made", ErrnoText.Of(Marshal.GetLastPInvokeError()), Marshal.GetLastPInvokeError())
            : new WakeDescriptor(descriptor);
    }

    internal void Set()
    {
        var one = 1UL;
        _ = Libc.write(_descriptor, &one, sizeof(ulong)); // refused only when it is set 2⁶⁴ − 1 times already
    }

    internal void Clear()
    {
        ulong count;
        _ = Libc.read(_descriptor, &count, sizeof(ulong)); // refused when it is clear
    }

    /// <summary>Waits until a descriptor can be read, or the flag is set.</summary>
    /// <param name="device">For the error.</param>
    /// <returns>False when the time passed.</returns>
    internal bool WaitFor(FileDescriptor descriptor, TimeSpan timeout, string device)
    {
        var watched = stackalloc Libc.poll_fd[2];
        watched[0] = new() { fd = descriptor.Number, events = Libc.POLLIN };
        watched[1] = new() { fd = Number, events = Libc.POLLIN };
        var milliseconds = timeout == Timeout.InfiniteTimeSpan ? -1 : (int)Math.Clamp(Math.Ceiling(timeout.TotalMilliseconds), 0, int.MaxValue);
        var ready = Libc.poll(watched, 2, milliseconds);
        if (ready >= 0)
            return ready > 0;
        var error = Marshal.GetLastPInvokeError();
        return error == Errno.EINTR // the caller looks, finds nothing and waits again
            ? true
            : throw new DeviceException(device, "wait", ErrnoText.Of(error), error);
    }

    public void Dispose() => _descriptor.Dispose();
}
