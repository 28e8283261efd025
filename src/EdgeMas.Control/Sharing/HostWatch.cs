using EdgeMas.Control.Goals;
using EdgeMas.Control.Native;

namespace EdgeMas.Control.Sharing;

/// <summary>The control loop's look at the host that counts now: its goals, its lease, and whether it is alive. Waits for nobody and believes no clock but its own.</summary>
/// <param name="leaseDuration">How long a lease lasts without being fed.</param>
/// <param name="hostPatience">Infinite where loop and host are one process.</param>
/// <remarks>The control loop's thread only; allocates nothing.</remarks>
internal sealed class HostWatch(SharedMemory<CoreLayout> memory, TimeSpan leaseDuration, TimeSpan hostPatience, TimeProvider time)
{
    private readonly long _lease = (long)(leaseDuration.TotalSeconds * time.TimestampFrequency);
    private long _session, _beats, _beatAt, _goalTaken, _correctionTaken, _faultsCleared, _highestFence;
    private bool _isReady;

    /// <summary>To be called first in a tick.</summary>
    /// <returns>True when another host has taken over since the last.</returns>
    internal bool Refresh(long now)
    {
        var session = Volatile.Read(ref memory.Value.Header.Session);
        var taken = session != _session;
        ref var slot = ref memory.Value.Hosts[Index(session)];
        if (taken)
        {
            (_session, _goalTaken, _correctionTaken) = (session, 0, 0);
            _faultsCleared = 0;
            (_beats, _beatAt) = (-1, now);
        }
        _isReady = Volatile.Read(ref slot.Session) == session;
        var beats = Volatile.Read(ref slot.Beats);
        if (_isReady && beats != _beats)
            (_beats, _beatAt) = (beats, now);
        SeeLateness(now);
        return taken;
    }

    /// <summary>The host has given no sign of life for longer than it may, as <see cref="Refresh"/> saw it. Never where loop and host are one process.</summary>
    internal bool IsLate { get; private set; }

    /// <returns>False when there is no new one, or it is being written just now.</returns>
    internal bool TryTakeGoal<TGoal>(out GoalEntry<TGoal> entry)
        where TGoal : unmanaged
    {
        entry = default;
        if (!_isReady || !Slot.Goal.Of<GoalEntry<TGoal>>().TryRead(out entry, out var version) || version == _goalTaken)
            return false;
        _goalTaken = version;
        return true;
    }

    internal bool TryTakeCorrection(out PoseCorrection correction)
    {
        correction = default;
        if (!_isReady || !Slot.Correction.TryRead(out correction, out var version) || version == _correctionTaken)
            return false;
        _correctionTaken = version;
        return correction.IsValid;
    }

    /// <summary>The lease with this number is the one that is good now, is no older than any seen before, and its holder was heard lately.</summary>
    internal bool IsLeaseValid(long fence, long now)
    {
        if (!_isReady || fence != Volatile.Read(ref Slot.Fence) || fence < _highestFence)
            return false;
        _highestFence = fence;
        return now - Fed(now) < _lease;
    }

    internal TimeSpan Silence(long now) => time.GetElapsedTime(Fed(now), now);

    /// <returns>True once for each time that the host wants a fault to be forgotten.</returns>
    internal bool TakeFaultCleared()
    {
        var asked = _isReady ? Volatile.Read(ref Slot.FaultsCleared) : _faultsCleared;
        var isNew = asked != _faultsCleared;
        _faultsCleared = asked;
        return isNew;
    }

    private void SeeLateness(long now)
    {
        var silence = time.GetElapsedTime(_beatAt, now);
        var isLate = hostPatience != Timeout.InfiniteTimeSpan && (!_isReady || silence > hostPatience);
        if (isLate && !IsLate)
            Volatile.Write(ref memory.Value.State.HostSilenceNs, (long)silence.TotalNanoseconds);
        IsLate = isLate;
        Volatile.Write(ref memory.Value.State.IsHostLate, isLate ? 1 : 0);
    }

    internal static int Index(long session) => (int)(session & (CoreLayout.HostCount - 1));

    private ref HostSlot Slot => ref memory.Value.Hosts[Index(_session)];

    /// <summary>A time to come was not written by this machine's clock: the lease counts as never fed.</summary>
    private long Fed(long now)
    {
        var fed = Volatile.Read(ref Slot.Fed);
        return fed - now > time.TimestampFrequency ? long.MinValue / 2 : Math.Min(fed, now);
    }
}
