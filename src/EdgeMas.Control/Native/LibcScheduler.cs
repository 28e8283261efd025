using System.Runtime.InteropServices;

namespace EdgeMas.Control.Native;

/// <summary>libc's scheduling calls, under their own names. Source: POSIX.1-2017 and Linux, <c>sched.h</c>.</summary>
internal static partial class LibcScheduler
{
    internal const int SCHED_FIFO = 1;

    [StructLayout(LayoutKind.Sequential)]
    internal struct SchedParam
    {
        internal int Priority;
    }

    /// <param name="thread">0 for the calling thread.</param>
    /// <returns>0, or −1 with errno.</returns>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int sched_setscheduler(int thread, int policy, in SchedParam parameter);
}
