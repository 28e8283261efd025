namespace EdgeMas.Control.Native;

/// <summary>Sleeps until a point on the monotonic clock, so that lateness does not add up from period to period. One thread; allocates nothing.</summary>
internal static class AbsoluteSleeper
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <returns>Nanoseconds on the monotonic clock.</returns>
    internal static long Now()
    {
        if (LibcClock.clock_gettime(LibcClock.CLOCK_MONOTONIC, out var now) != 0)
            throw new PlatformNotSupportedException("this system has no monotonic clock: the control thread needs Linux");
        return (now.Seconds * NanosecondsPerSecond) + now.Nanoseconds;
    }

    /// <param name="nanoseconds">On the monotonic clock; returns at once when it has passed.</param>
    internal static void SleepUntil(long nanoseconds)
    {
        var until = new LibcClock.Timespec { Seconds = nanoseconds / NanosecondsPerSecond, Nanoseconds = nanoseconds % NanosecondsPerSecond };
        int error;
        do
            error = LibcClock.clock_nanosleep(LibcClock.CLOCK_MONOTONIC, LibcClock.TIMER_ABSTIME, until, 0);
        while (error == LibcClock.EINTR);
        if (error != 0)
            throw new InvalidOperationException($"clock_nanosleep until {nanoseconds} ns failed with error {error}");
    }
}
