using System.Runtime.InteropServices;

namespace EdgeMas.Control.Sharing;

/// <summary>The emergency stop, as one word that everybody may set.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct StopLatch
{
    /// <summary>An <see cref="Stopping.EStopReason"/>; 0 while released.</summary>
    internal int Reason;

    /// <summary>Changes with every engaging; the core's watcher sleeps on it.</summary>
    internal int Wake;

    /// <summary>Times that it was engaged.</summary>
    internal long Count;
}
