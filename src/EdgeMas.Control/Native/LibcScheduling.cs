using System.Runtime.InteropServices;

namespace EdgeMas.Control.Native;

/// <summary>How Linux treats a thread and its memory, under libc's own names. Source: sched(7), mlockall(2), prctl(2).</summary>
internal static unsafe partial class LibcScheduling
{
    private const string Library = "libc";

    internal const int SCHED_FIFO = 1;
    internal const int MCL_CURRENT = 1;
    internal const int MCL_FUTURE = 2;
    internal const int MCL_ONFAULT = 4;
    internal const int PR_SET_TIMERSLACK = 29;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int sched_setscheduler(int thread, int policy, in int priority);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int mlockall(int flags);

    [LibraryImport(Library)]
    internal static partial int mlock(nint address, nuint length);

    [LibraryImport(Library)]
    internal static partial int munlockall();

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int prctl(int option, ulong argument, ulong third, ulong fourth, ulong fifth);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int sched_setaffinity(int thread, nuint size, ulong* mask);

    /// <summary>Lets the calling thread run on one processor only.</summary>
    internal static int Pin(int processor)
    {
        const int words = 16; // glibc's CPU_SETSIZE of 1024
        var mask = stackalloc ulong[words];
        new Span<ulong>(mask, words).Clear();
        mask[processor / 64] = 1UL << (processor % 64);
        return sched_setaffinity(0, words * sizeof(ulong), mask);
    }
}
