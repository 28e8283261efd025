namespace EdgeMas.Control.Pacing;

/// <summary>Counts lateness. One thread adds and allocates nothing; any thread reads.</summary>
public sealed class LatenessHistogram
{
    private static readonly long[] BoundsNs = [20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000];

    private readonly long[] _counts = new long[BoundsNs.Length + 1];
    private long _ticks;
    private long _overruns;
    private long _worst;

    /// <summary>Upper bounds of the buckets.</summary>
    public static IReadOnlyList<TimeSpan> Bounds { get; } = [.. BoundsNs.Select(bound => TimeSpan.FromMicroseconds(bound / 1000))];

    public LatenessReport Read()
    {
        var counts = new long[_counts.Length];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = Volatile.Read(ref _counts[i]);
        return new LatenessReport(Volatile.Read(ref _ticks), Volatile.Read(ref _overruns), TimeSpan.FromMicroseconds(Volatile.Read(ref _worst) / 1000.0), counts);
    }

    internal void Add(long nanoseconds)
    {
        var bucket = 0;
        while (bucket < BoundsNs.Length && nanoseconds > BoundsNs[bucket])
            bucket++;
        Volatile.Write(ref _counts[bucket], _counts[bucket] + 1);
        Volatile.Write(ref _worst, Math.Max(_worst, nanoseconds));
        Volatile.Write(ref _ticks, _ticks + 1);
    }

    internal void AddOverruns(long periods) => Volatile.Write(ref _overruns, _overruns + periods);
}
