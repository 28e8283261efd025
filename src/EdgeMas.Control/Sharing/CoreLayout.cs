using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeMas.Control.Pacing;

namespace EdgeMas.Control.Sharing;

/// <summary>
/// What the control loop and those who move the base have in common, as it lies in memory. In one process it is that process's own memory, else a file that
/// both map: the same code works on both.
/// </summary>
/// <remarks>
/// One writer each: a host writes only its own <see cref="HostSlot"/>, the loop only <see cref="State"/> and <see cref="Lateness"/>. Two words are everybody's and
/// changed by single instructions: <see cref="CoreHeader.Session"/> and the <see cref="Stop"/> latch.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct CoreLayout : ISharedLayout
{
    internal const int HostCount = 4;

    internal CoreHeader Header;

    internal StopLatch Stop;

    internal HostSlots Hosts;

    internal CoreState State;

    internal LatenessCounters Lateness;

    public static ulong Magic => 0x3145524F_43534D45; // "EMSCORE1"

    public static int Version => 4;

    public static string Name => "control region";

    [InlineArray(HostCount)]
    internal struct HostSlots
    {
        private HostSlot _first;
    }
}
