namespace EdgeMas.Control.Pacing;

/// <summary>How late ticks began.</summary>
/// <param name="Overruns">Periods that were left out, because a tick took too long or the thread was not woken.</param>
/// <param name="Buckets">How many ticks fell into each bucket.</param>
public sealed record LatenessReport(long Ticks, long Overruns, TimeSpan Worst, IReadOnlyList<long> Buckets)
{
    /// <param name="share">0 to 1: 0.999 for the lateness that 99.9 % of the ticks stay below; exact to 3 %.</param>
    /// <returns>Zero when nothing was counted.</returns>
    public TimeSpan Percentile(double share)
    {
        var left = (long)Math.Ceiling(share * Ticks);
        for (var i = 0; i < Buckets.Count; i++)
        {
            left -= Buckets[i];
            if (left <= 0)
                return TimeSpan.FromMicroseconds(Math.Min(LatenessCounters.TopOf(i) / 1000.0, Worst.TotalMicroseconds));
        }
        return Worst;
    }

    /// <returns>What was counted since an earlier report of the same counters; the worst is the percentiles' own.</returns>
    public LatenessReport Since(LatenessReport earlier)
    {
        var counts = new long[Buckets.Count];
        var worst = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = Buckets[i] - earlier.Buckets[i];
            if (counts[i] > 0)
                worst = LatenessCounters.TopOf(i);
        }
        return new LatenessReport(Ticks - earlier.Ticks, Overruns - earlier.Overruns, TimeSpan.FromMicroseconds(worst / 1000.0), counts);
    }
}
