using System.Runtime.InteropServices;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Native;

internal static class DeviceFile
{
    /// <exception cref="DeviceException">Missing, forbidden or busy, with the mend.</exception>
    internal static FileDescriptor Open(string path, DeviceKind kind, string? enable = null)
    {
        var descriptor = new FileDescriptor(Libc.open(path, Libc.O_RDWR | Libc.O_CLOEXEC));
        return descriptor.IsInvalid ? throw DeviceNode.CannotOpen(path, kind, Marshal.GetLastPInvokeError(), enable) : descriptor;
    }

    /// <summary>Opens and closes it, for the sake of the error: System.Device.Gpio opens it at the first transfer only.</summary>
    /// <inheritdoc cref="Open"/>
    internal static void RequireOpenable(string path, DeviceKind kind, string? enable) => Open(path, kind, enable).Dispose();
}
