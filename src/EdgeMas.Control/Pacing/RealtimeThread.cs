using System.Runtime.InteropServices;
using EdgeMas.Control.Native;

namespace EdgeMas.Control.Pacing;

/// <summary>Asks the system for what a control thread needs.</summary>
internal static class RealtimeThread
{
    /// <summary>Locks the process's memory, now and to come.</summary>
    /// <returns>What was refused and how to be allowed it; null for nothing.</returns>
    internal static string? LockMemory() => LibcScheduling.mlockall(LibcScheduling.MCL_CURRENT | LibcScheduling.MCL_FUTURE) == 0
        ? null
        : $"memory is not locked ({Marshal.GetLastPInvokeErrorMessage()}): run as root, or with LimitMEMLOCK=infinity in the systemd unit";

    internal static void UnlockMemory() => _ = LibcScheduling.munlockall();

    /// <summary>For the calling thread.</summary>
    /// <returns>What was refused, one line each.</returns>
    internal static IReadOnlyList<string> Enter(int priority, int? processor)
    {
        List<string> refused = [];
        if (priority > 0 && LibcScheduling.sched_setscheduler(0, LibcScheduling.SCHED_FIFO, priority) != 0)
            refused.Add($"the thread has no real-time priority ({Marshal.GetLastPInvokeErrorMessage()}): run as root, or with LimitRTPRIO=98 in the systemd unit");
        if (processor is { } wanted && LibcScheduling.Pin(wanted) != 0)
            refused.Add($"the thread is not pinned to processor {wanted} ({Marshal.GetLastPInvokeErrorMessage()})");
        if (LibcScheduling.prctl(LibcScheduling.PR_SET_TIMERSLACK, 1, 0, 0, 0) != 0)
            refused.Add($"the thread's timers keep their slack ({Marshal.GetLastPInvokeErrorMessage()})");
        return refused;
    }
}
