using System.Runtime.InteropServices;

namespace EdgeMas.Devices.Native;

/// <summary>Linux's terminals, under the kernel's own names. Source: Linux, <c>include/uapi/asm-generic/ioctls.h</c> and <c>termbits.h</c>; the same on x86-64 and arm64.</summary>
internal static unsafe class TtyUapi
{
    internal const uint TIOCMGET = 0x5415;
    internal const uint TCFLSH = 0x540B;
    internal const int TCIFLUSH = 0;
    internal const uint TCGETS2 = 0x802C542A;
    internal const uint TIOCGEXCL = 0x80045440;

    internal const int NCCS = 19;

    /// <summary>A terminal's settings with its speed as a number.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct termios2
    {
        internal uint c_iflag;
        internal uint c_oflag;
        internal uint c_cflag;
        internal uint c_lflag;
        internal byte c_line;
        internal fixed byte c_cc[NCCS];
        internal uint c_ispeed;
        internal uint c_ospeed;
    }
}
