using System.Runtime.InteropServices;

namespace EdgeMas.Control.Native;

/// <summary>libc's monotonic clock, under its own names. Source: POSIX.1-2017, <c>time.h</c>; the layout is that of 64-bit Linux.</summary>
internal static partial class LibcClock
{
    private const string Library = "libc";

    internal const int CLOCK_MONOTONIC = 1;
    internal const int TIMER_ABSTIME = 1;
    internal const int EINTR = 4;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Timespec
    {
        internal long Seconds;
        internal long Nanoseconds;
    }

    /// <returns>0, or −1 with errno.</returns>
    [LibraryImport(Library)]
    internal static partial int clock_gettime(int clock, out Timespec now);

    /// <returns>0 or the error's number.</returns>
    [LibraryImport(Library)]
    internal static partial int clock_nanosleep(int clock, int flags, in Timespec request, nint remain);
}
