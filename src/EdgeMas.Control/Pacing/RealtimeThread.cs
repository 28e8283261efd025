using System.Globalization;
using System.Runtime.InteropServices;
using EdgeMas.Control.Native;

namespace EdgeMas.Control.Pacing;

/// <summary>Asks the system for what a control thread needs.</summary>
internal static class RealtimeThread
{
    /// <summary>
    /// Locks the process's memory: code and what is shared now, the rest from its first use on. Threads' stacks, of which little is ever used, would otherwise
    /// be most of the process.
    /// </summary>
    /// <returns>What was refused and how to be allowed it; null for nothing.</returns>
    internal static string? LockMemory()
    {
        if (LibcScheduling.mlockall(LibcScheduling.MCL_CURRENT | LibcScheduling.MCL_FUTURE | LibcScheduling.MCL_ONFAULT) != 0)
            return $"memory is not locked ({Marshal.GetLastPInvokeErrorMessage()}): run as root, or with LimitMEMLOCK=infinity in the systemd unit";
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            if (TryReadMapping(line, out var from, out var to))
                _ = LibcScheduling.mlock((nint)from, (nuint)(to - from)); // what is not there yet is locked at its first use all the same
        }
        return null;
    }

    /// <summary>Reads a line of <c>/proc/PID/maps</c>, such as <c>7fcbc2f1c000-7fcbc3072000 r-xp 00026000 fe:00 332096   /usr/lib/libc.so.6</c>.</summary>
    /// <returns>False where it is no readable part of a file.</returns>
    internal static bool TryReadMapping(string line, out long from, out long to)
    {
        (from, to) = (0, 0);
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 6 || !fields[5].StartsWith('/') || !fields[1].StartsWith('r'))
            return false;
        var dash = fields[0].IndexOf('-', StringComparison.Ordinal);
        return long.TryParse(fields[0].AsSpan(0, Math.Max(0, dash)), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out from)
            && long.TryParse(fields[0].AsSpan(dash + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out to);
    }

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
