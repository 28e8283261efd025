namespace EdgeMas.Reasoning.Coordination;

/// <summary>A token bucket: so many a minute, half of a minute's share at once. One thread.</summary>
internal sealed class OrderRate
{
    private readonly TimeProvider _time;
    private readonly double _perSecond;
    private readonly double _capacity;
    private double _tokens;
    private long _last;

    internal OrderRate(int perMinute, TimeProvider time)
    {
        _time = time;
        _perSecond = perMinute / 60.0;
        _capacity = Math.Max(1, perMinute / 2.0);
        _tokens = _capacity;
        _last = time.GetTimestamp();
    }

    internal bool TryTake()
    {
        var now = _time.GetTimestamp();
        _tokens = Math.Min(_capacity, _tokens + _time.GetElapsedTime(_last, now).TotalSeconds * _perSecond);
        _last = now;
        if (_tokens < 1)
            return false;
        _tokens--;
        return true;
    }
}
