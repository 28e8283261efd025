using System.Runtime.InteropServices;

namespace EdgeMas.Control.Sharing;

/// <summary>What is known of a core before one looks further.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct CoreHeader
{
    internal RegionHeader Region;

    /// <summary>Of the core's process; 0 where the loop lives in the host's own.</summary>
    internal int CorePid;

    private int _pad;

    /// <summary>Tells whether the core runs under the settings that a host believes in.</summary>
    internal ulong Settings;

    /// <summary>The host that counts now, by number: its slot is <c>Session % HostCount</c>. A host that another has replaced writes into a slot that nobody reads.</summary>
    internal long Session;
}
