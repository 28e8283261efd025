using System.Runtime.InteropServices;

namespace EdgeMas.Control.Native;

/// <summary>Processes, under libc's own names. Source: POSIX.1-2017.</summary>
internal static partial class LibcProcess
{
    private const string Library = "libc";

    internal const int SIGKILL = 9;
    internal const int SIGTERM = 15;
    internal const int SIGCONT = 18;
    internal const int SIGSTOP = 19;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int kill(int process, int signal);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int setsid();
}
