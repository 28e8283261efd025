namespace EdgeMas.Control.Pacing;

/// <summary>How late the ticks of a <see cref="ControlThread"/> began.</summary>
/// <param name="Overruns">Periods that were left out, because a tick took too long or the thread was not woken.</param>
/// <param name="Buckets">How many ticks were late by at most each <see cref="LatenessHistogram.Bounds"/>; the last counts the rest.</param>
public sealed record LatenessReport(long Ticks, long Overruns, TimeSpan Worst, IReadOnlyList<long> Buckets);
