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
}
