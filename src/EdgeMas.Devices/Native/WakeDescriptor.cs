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

    public void Dispose() => _descriptor.Dispose();
}
