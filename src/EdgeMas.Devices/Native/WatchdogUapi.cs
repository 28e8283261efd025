using System.Runtime.InteropServices;

namespace EdgeMas.Devices.Native;

/// <summary>The kernel's watchdog, under its own names. Source: Linux, <c>include/uapi/linux/watchdog.h</c>.</summary>
internal static unsafe class WatchdogUapi
{
    internal const uint WDIOC_GETSUPPORT = 0x80285700;
    internal const uint WDIOC_KEEPALIVE = 0x80045705;
    internal const uint WDIOC_SETTIMEOUT = 0xC0045706;
    internal const uint WDIOF_SETTIMEOUT = 0x0080;
    internal const uint WDIOF_MAGICCLOSE = 0x0100;

    [StructLayout(LayoutKind.Sequential)]
    internal struct watchdog_info
    {
        internal uint options;
        internal uint firmware_version;
        internal fixed byte identity[32];
    }
}
