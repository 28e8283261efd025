using EdgeMas.Control.Native;
using EdgeMas.Control.Sharing;

namespace EdgeMas.Control.Leases;

/// <summary>Gives the right to move the base to one holder at a time, and takes it back when the holder goes silent or one of a higher priority comes. Any thread.</summary>
public sealed class MotionLeases
{
    /// <summary>Each host's leases begin above all of the host before.</summary>
    internal const int SessionShift = 32;

    private readonly Lock _gate = new();
    private readonly SharedMemory<CoreLayout> _memory;
    private long _session;
    private readonly TimeProvider _time;
    private readonly long _duration;
    private string? _holder;
    private MotionPriority _priority;
    private long _fence;

    internal MotionLeases(SharedMemory<CoreLayout> memory, long session, TimeSpan duration, TimeProvider time)
    {
        _memory = memory;
        _session = session;
        _time = time;
        _duration = (long)(duration.TotalSeconds * time.TimestampFrequency);
        _fence = session << SessionShift;
        Publish(time.GetTimestamp());
    }

    /// <summary>Who has it now; null when nobody has, or it ran out.</summary>
    public string? Holder
    {
        get
        {
            lock (_gate)
                return !IsCurrent ? "another host" : IsExpired(_time.GetTimestamp()) ? null : _holder;
        }
    }

    internal long CurrentFence => Volatile.Read(ref _fence);

    /// <summary>
    /// Takes the lease when it is free, ran out, is held under a lower priority, or was this holder's already; the goals of the lease before are refused from then on.
    /// </summary>
    /// <returns>False also when another host has taken the base over.</returns>
    public bool TryAcquire(string holder, out MotionLease lease, MotionPriority priority = MotionPriority.Agent)
    {
        ArgumentException.ThrowIfNullOrEmpty(holder);
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            if (!IsCurrent || (_holder is not null && _holder != holder && priority <= _priority && !IsExpired(now)))
            {
                lease = default;
                return false;
            }
            (_holder, _priority) = (holder, priority);
            _fence++;
            Publish(now);
            lease = new MotionLease(holder, _fence);
            return true;
        }
    }

    /// <summary>The holder is alive: its lease is prolonged and the watchdog fed. Allocates nothing.</summary>
    /// <returns>False when the lease ran out or another has it.</returns>
    public bool Feed(in MotionLease lease)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            if (lease.Fence != _fence || _holder is null || !IsCurrent || IsExpired(now))
                return false;
            Publish(now);
            return true;
        }
    }

    public void Release(in MotionLease lease)
    {
        lock (_gate)
        {
            if (lease.Fence != _fence)
                return;
            _holder = null;
            _fence++; // its goals end with it
            Publish(0);
        }
    }

    /// <summary>The core was started anew, and the base taken over again: nobody has a lease of before any more.</summary>
    internal void Renew(long session)
    {
        lock (_gate)
        {
            (_session, _holder, _fence) = (session, null, session << SessionShift);
            Publish(0);
        }
    }

    private ref HostSlot Slot => ref _memory.Value.Hosts[HostWatch.Index(_session)];

    private bool IsCurrent => Volatile.Read(ref _memory.Value.Header.Session) == _session;

    private void Publish(long fed)
    {
        Volatile.Write(ref Slot.Fed, fed);
        Volatile.Write(ref Slot.Fence, _fence);
    }

    private bool IsExpired(long now) => _holder is null || now - Slot.Fed >= _duration;
}
