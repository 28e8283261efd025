using System.Runtime.InteropServices;

namespace EdgeMas.Control.Sharing;

/// <summary>The first bytes of every shared region: what lies there, in which version, how long.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RegionHeader
{
    /// <summary>Written last: a region without it is still being made.</summary>
    internal ulong Magic;

    internal int Version;

    /// <summary>Bytes, this header included.</summary>
    internal int Size;
}
