using EdgeMas.Core.Time;

namespace EdgeMas.Simulation.Clock;

/// <summary>
/// Time that a simulation makes. It moves only in <see cref="Advance"/>; timers come due in order of their times, and their callbacks run on the thread
/// pool, as the system's timers do.
/// </summary>
/// <remarks>Any thread, but one that advances at a time.</remarks>
public sealed class VirtualClock : TimeProvider, ITimeBrake
{
    private readonly Lock _gate = new();
    private readonly TimerHeap _timers = new();
    private readonly ManualResetEventSlim _free = new(initialState: true);
    private readonly ManualResetEventSlim _settled = new(initialState: true);
    private readonly DateTimeOffset _start;
    private long _now;
    private long _armed;
    private int _holds;
    private int _callbacks;
    private double _speed = 1;

    /// <param name="start">What the clock shows first; 1 January 2026, 12:00 UTC where none is given, so that two runs show the same.</param>
    public VirtualClock(DateTimeOffset? start = null) => _start = start ?? new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Virtual seconds per real second: 1 is real time, <see cref="double.PositiveInfinity"/> as fast as possible. Whoever drives the clock keeps to it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero.</exception>
    public double Speed
    {
        get => Volatile.Read(ref _speed);
        set
        {
            if (!(value > 0))
                throw new ArgumentOutOfRangeException(nameof(value), value, "a clock's speed is above zero; 1 is real time, infinity as fast as possible");
            Volatile.Write(ref _speed, value);
            UpdateFree();
        }
    }

    /// <summary>Somebody holds the clock, and it runs faster than real time.</summary>
    public bool IsHeld => !_free.IsSet;

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Elapsed => new(Volatile.Read(ref _now));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        Arm(timer, dueTime, period);
        return timer;
    }

    public IDisposable Hold()
    {
        Interlocked.Increment(ref _holds);
        UpdateFree();
        return new Holder(this);
    }

    /// <summary>
    /// Moves time on. Timers that come due are fired in order, each at its own time; between two times it waits for the callbacks of the first, at most
    /// <paramref name="settleLimit"/> of real time, so that what they set going is not overtaken.
    /// </summary>
    /// <param name="settleLimit">Zero never waits: the way of real time.</param>
    /// <returns>Timers fired.</returns>
    public int Advance(TimeSpan by, TimeSpan settleLimit = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = _now + by.Ticks;
        var fired = 0;
        while (FireNext(target, out var count))
        {
            fired += count;
            if (settleLimit > TimeSpan.Zero)
                Settle(settleLimit);
        }
        return fired;
    }

    /// <summary>Waits until the callbacks of all fired timers have returned.</summary>
    /// <param name="limit">Real time.</param>
    /// <returns>False when some are still running.</returns>
    public bool Settle(TimeSpan limit) => Volatile.Read(ref _callbacks) == 0 || _settled.Wait(limit);

    /// <summary>Waits until nobody holds the clock.</summary>
    /// <param name="limit">Real time.</param>
    /// <returns>False when it is still held.</returns>
    public bool WaitWhileHeld(TimeSpan limit) => _free.Wait(limit);

    internal bool Arm(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        CheckTime(dueTime, nameof(dueTime));
        CheckTime(period, nameof(period));
        lock (_gate)
        {
            if (timer.IsDisposed)
                return false;
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
                return true;
            timer.Period = period > TimeSpan.Zero ? period.Ticks : 0;
            if (dueTime > TimeSpan.Zero)
                Arm(timer, _now + dueTime.Ticks);
            else
                Fire(timer); // needs no time to pass, and must not wait for a clock that is held
        }
        return true;
    }

    internal void Disarm(VirtualTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
        }
    }

    internal void CallbackEnded()
    {
        lock (_gate)
        {
            if (--_callbacks == 0)
                _settled.Set();
        }
    }

    /// <summary>Moves to the next time at or before the target where timers are due and fires them; else to the target.</summary>
    private bool FireNext(long target, out int fired)
    {
        fired = 0;
        lock (_gate)
        {
            if (_timers.First is not { } first || first.Due > target)
            {
                Volatile.Write(ref _now, target);
                return false;
            }
            var due = Math.Max(first.Due, _now);
            Volatile.Write(ref _now, due);
            while (_timers.First is { } timer && timer.Due <= due)
            {
                _timers.Remove(timer);
                Fire(timer);
                fired++;
            }
        }
        return true;
    }

    private void Fire(VirtualTimer timer)
    {
        if (timer.Period > 0)
            Arm(timer, _now + timer.Period);
        if (_callbacks++ == 0)
            _settled.Reset();
        ThreadPool.UnsafeQueueUserWorkItem(timer, preferLocal: false);
    }

    private void Arm(VirtualTimer timer, long due)
    {
        timer.Due = due;
        timer.Order = ++_armed;
        _timers.Add(timer);
    }

    private void Release()
    {
        Interlocked.Decrement(ref _holds);
        UpdateFree();
    }

    private void UpdateFree()
    {
        lock (_gate)
        {
            if (Volatile.Read(ref _holds) > 0 && Speed > 1)
                _free.Reset();
            else
                _free.Set();
        }
    }

    private static void CheckTime(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(name, time, "a timer's times are not negative; Timeout.InfiniteTimeSpan means never");
    }

    private sealed class Holder(VirtualClock clock) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
                clock.Release();
        }
    }
}
