using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeMas.Control.Native;

/// <summary>Sleeping and waking on a word that two processes map. Source: Linux, futex(2).</summary>
internal static unsafe partial class Futex
{
    private const int FUTEX_WAIT = 0;
    private const int FUTEX_WAKE = 1;

    private static readonly nint SYS_futex = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 98 : 202;

    /// <summary>Returns when the word is no longer what was seen, when it is woken, or after the limit; the caller looks again.</summary>
    internal static void Wait(ref int word, int seen, TimeSpan limit)
    {
        var timeout = new LibcClock.Timespec { Seconds = (long)limit.TotalSeconds, Nanoseconds = (long)limit.TotalNanoseconds % 1_000_000_000 };
        _ = syscall(SYS_futex, (int*)Unsafe.AsPointer(ref word), FUTEX_WAIT, seen, &timeout, null, 0);
    }

    /// <summary>Wakes everybody who waits.</summary>
    internal static void Wake(ref int word) => _ = syscall(SYS_futex, (int*)Unsafe.AsPointer(ref word), FUTEX_WAKE, int.MaxValue, null, null, 0);

    [LibraryImport("libc")]
    private static partial nint syscall(nint number, int* word, nint operation, nint value, LibcClock.Timespec* timeout, int* second, nint third);
}
