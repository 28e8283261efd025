using System.Runtime.InteropServices;
using EdgeMas.Control.Goals;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Sharing;

/// <summary>What one host tells the core. The host writes, the core reads and believes nothing: it keeps its own clock of when things changed.</summary>
[StructLayout(LayoutKind.Sequential, Size = 256)]
internal struct HostSlot
{
    /// <summary>The session that this slot was filled for, written last.</summary>
    internal long Session;

    internal int Pid;

    private int _pad;

    /// <summary>Counts up for as long as the host is alive.</summary>
    internal long Beats;

    /// <summary>Of the lease that is good now.</summary>
    internal long Fence;

    /// <summary>When the lease's holder was last heard, as a timestamp of the monotonic clock; 0 for a lease that was given back.</summary>
    internal long Fed;

    /// <summary>Times that the host asked for a fault to be forgotten.</summary>
    internal long FaultsCleared;

    /// <summary>A <see cref="GoalEntry{TGoal}"/>.</summary>
    internal GoalRoom Goal;

    internal SequencedValue<PoseCorrection> Correction;
}
