namespace EdgeMas.Simulation.Clock;

/// <summary>
/// A clock that stands still while the whole computer does: between two of its steps it goes on by a limited time. For a simulated world in real time whose other end runs on the same computer: a computer that is put aside for a
/// moment puts aside both.
/// </summary>
/// <remarks>Any thread; one steps. Only timestamps are held.</remarks>
/// <param name="longest">That it goes on for without a step.</param>
public sealed class HeldClock(TimeProvider real, TimeSpan longest) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly long _most = (long)(longest.TotalSeconds * real.TimestampFrequency);
    private long _stepped = real.GetTimestamp();
    private long _held = real.GetTimestamp();

    public override long TimestampFrequency => real.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => real.CreateTimer(callback, state, dueTime, period);

    public override long GetTimestamp()
    {
        lock (_gate)
            return _held + Gone(real.GetTimestamp());
    }

    /// <returns>How far it went on since the last step.</returns>
    public TimeSpan Step()
    {
        lock (_gate)
        {
            var now = real.GetTimestamp();
            var gone = Gone(now);
            (_held, _stepped) = (_held + gone, now);
            return TimeSpan.FromSeconds((double)gone / TimestampFrequency);
        }
    }

    private long Gone(long now) => Math.Min(now - _stepped, _most);
}
