namespace EdgeMas.Control.Leases;

/// <summary>Gives the right to move the base to one holder at a time, and takes it back when the holder goes silent. Any thread.</summary>
public sealed class MotionLeases
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _duration;
    private string? _holder;
    private long _fence;
    private long _expires;
    private long _fed;

    internal MotionLeases(TimeSpan duration, TimeProvider time)
    {
        _duration = duration;
        _time = time;
        _fed = time.GetTimestamp();
    }

    /// <summary>Who has it now; null when nobody has, or it ran out.</summary>
    public string? Holder
    {
        get
        {
            lock (_gate)
                return IsExpired(_time.GetTimestamp()) ? null : _holder;
        }
    }

    internal long CurrentFence => Volatile.Read(ref _fence);

    /// <summary>Takes the lease when it is free, ran out, or was this holder's already; the goals of the lease before are refused from then on.</summary>
    /// <param name="takeOver">Take it from another holder too: for people and supervisors.</param>
    public bool TryAcquire(string holder, out MotionLease lease, bool takeOver = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(holder);
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            if (_holder is not null && _holder != holder && !takeOver && !IsExpired(now))
            {
                lease = default;
                return false;
            }
            _holder = holder;
            Volatile.Write(ref _expires, now + ToTimestamp(_duration));
            Volatile.Write(ref _fed, now);
            Volatile.Write(ref _fence, _fence + 1);
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
            if (lease.Fence != _fence || _holder is null || IsExpired(now))
                return false;
            Volatile.Write(ref _expires, now + ToTimestamp(_duration));
            Volatile.Write(ref _fed, now);
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
            Volatile.Write(ref _expires, _time.GetTimestamp());
            Volatile.Write(ref _fence, _fence + 1); // its goals end with it
        }
    }

    /// <summary>Never waits: for the control loop.</summary>
    internal bool IsValid(long fence, long now) => fence == Volatile.Read(ref _fence) && now < Volatile.Read(ref _expires);

    /// <summary>Never waits: for the control loop.</summary>
    internal TimeSpan Silence(long now) => _time.GetElapsedTime(Volatile.Read(ref _fed), now);

    private bool IsExpired(long now) => now >= _expires;

    private long ToTimestamp(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);
}
