using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeMas.Control.Pacing;

/// <summary>
/// Counts durations in buckets whose width grows with the value: 32 for each doubling, so that a percentile is exact to 3 %. One thread adds and allocates nothing; any
/// thread reads.
/// </summary>
/// <remarks>Source of the idea: G. Tene, HdrHistogram.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct LatenessCounters
{
    private const int BitsOfWidth = 5;
    private const int Width = 1 << BitsOfWidth;
    private const int MostBits = 34; // 17 s
    internal const int BucketCount = (MostBits - BitsOfWidth + 1) * Width;

    private long _ticks;
    private long _overruns;
    private long _worst;
    private Counts _counts;

    internal void Add(long nanoseconds)
    {
        ref var count = ref _counts[BucketOf(nanoseconds)];
        Volatile.Write(ref count, count + 1);
        Volatile.Write(ref _worst, Math.Max(_worst, nanoseconds));
        Volatile.Write(ref _ticks, _ticks + 1);
    }

    internal void AddOverruns(long periods) => Volatile.Write(ref _overruns, _overruns + periods);

    internal LatenessReport Read()
    {
        var counts = new long[BucketCount];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = Volatile.Read(ref _counts[i]);
        return new LatenessReport(Volatile.Read(ref _ticks), Volatile.Read(ref _overruns), TimeSpan.FromMicroseconds(Volatile.Read(ref _worst) / 1000.0), counts);
    }

    internal static int BucketOf(long nanoseconds)
    {
        var value = Math.Clamp(nanoseconds, 0, (1L << MostBits) - 1);
        var shift = Math.Max(0, BitOperations.Log2((ulong)value) - BitsOfWidth);
        return (shift << BitsOfWidth) + (int)(value >> shift);
    }

    /// <returns>The largest nanoseconds of a bucket.</returns>
    internal static long TopOf(int bucket)
    {
        var shift = Math.Max(0, (bucket >> BitsOfWidth) - 1);
        return (((long)bucket - (shift << BitsOfWidth) + 1) << shift) - 1;
    }

    [InlineArray(BucketCount)]
    private struct Counts
    {
        private long _first;
    }
}
