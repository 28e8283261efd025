namespace EdgeMas.Devices.Serial;

/// <summary>What is left of a wait. The kernel waits by its own clock, and so do the rests.</summary>
internal readonly struct Deadline(TimeSpan timeout)
{
    private readonly long _started = TimeProvider.System.GetTimestamp();

    /// <summary>Never negative, or <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    internal TimeSpan Left
    {
        get
        {
            if (timeout == Timeout.InfiniteTimeSpan)
                return timeout;
            var left = timeout - TimeProvider.System.GetElapsedTime(_started);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
