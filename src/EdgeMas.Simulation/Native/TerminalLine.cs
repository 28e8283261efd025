using System.Runtime.InteropServices;

namespace EdgeMas.Simulation.Native;

/// <summary>What the kernel does with a terminal when its hardware goes. Needs root.</summary>
internal static partial class TerminalLine
{
    private const string Library = "libc";
    private const nuint TIOCVHANGUP = 0x5437;
    private const int O_RDWR_NOCTTY_NONBLOCK_CLOEXEC = 0x80902;

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int ioctl(int descriptor, nuint request, nint argument);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int close(int descriptor);

    /// <summary>Whoever has it open reads its end and cannot write any more, as when a USB adapter is pulled out; it can be opened anew.</summary>
    internal static void HangUp(string path)
    {
        var descriptor = open(path, O_RDWR_NOCTTY_NONBLOCK_CLOEXEC);
        var error = descriptor < 0 || ioctl(descriptor, TIOCVHANGUP, 0) < 0 ? Marshal.GetLastPInvokeError() : 0;
        if (descriptor >= 0)
            _ = close(descriptor);
        if (error != 0)
            throw new IOException($"{path}: cannot be hung up: {Marshal.GetPInvokeErrorMessage(error)} ({error})");
    }
}
