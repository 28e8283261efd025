using System.Runtime.InteropServices;
using System.Text;
using EdgeMas.Devices.Errors;
using static EdgeMas.Devices.Native.WatchdogUapi;

namespace EdgeMas.Devices.Native;

/// <summary>An open watchdog, which is a running one.</summary>
internal sealed unsafe class WatchdogDevice : IDisposable
{
    private readonly FileDescriptor _descriptor;
    private readonly string _path;
    private bool _closed;

    private WatchdogDevice(FileDescriptor descriptor, string path)
    {
        _descriptor = descriptor;
        _path = path;
        watchdog_info info;
        Check(Libc.ioctl(descriptor, WDIOC_GETSUPPORT, &info), "tell what it is");
        Identity = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(info.identity));
        CanBeStopped = (info.options & WDIOF_MAGICCLOSE) != 0;
        TakesTimeout = (info.options & WDIOF_SETTIMEOUT) != 0;
    }

    internal string Identity { get; }

    internal bool CanBeStopped { get; }

    private bool TakesTimeout { get; }

    internal static WatchdogDevice Open(string path)
    {
        var descriptor = DeviceFile.Open(path, DeviceKind.Watchdog);
        try
        {
            return new WatchdogDevice(descriptor, path);
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    /// <returns>Seconds as the hardware took them.</returns>
    internal int SetTimeout(int seconds)
    {
        if (!TakesTimeout)
            throw new DeviceException(_path, "take a timeout", $"'{Identity}' has one of its own only: set it in its driver's parameters");
        var taken = seconds;
        if (Libc.ioctl(_descriptor, WDIOC_SETTIMEOUT, &taken) < 0 && Marshal.GetLastPInvokeError() is var error)
            throw new DeviceException(_path, "take a timeout", error == Errno.EINVAL ? $"'{Identity}' cannot count {seconds} s: give less" : ErrnoText.Of(error), error);
        return taken;
    }

    internal void Feed()
    {
        int nothing;
        Check(Libc.ioctl(_descriptor, WDIOC_KEEPALIVE, &nothing), "be fed");
    }

    public void Dispose()
    {
        if (_closed)
            return;
        _closed = true;
        var stop = (byte)'V';
        // The letter before the close is the order to stop. Where it is refused, the count goes on: the computer restarts, which is what a watchdog is for.
        _ = Libc.write(_descriptor, &stop, 1);
        _descriptor.Dispose();
    }

    private void Check(int result, string action)
    {
        if (result < 0 && Marshal.GetLastPInvokeError() is var error)
            throw new DeviceException(_path, action, error == Errno.ENOTTY ? "it is no watchdog" : ErrnoText.Of(error), error);
    }
}
