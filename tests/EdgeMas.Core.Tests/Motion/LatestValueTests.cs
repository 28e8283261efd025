using EdgeMas.Core.Motion;

namespace EdgeMas.Core.Tests.Motion;

public sealed class LatestValueTests
{
    [Fact]
    public async Task Readers_never_see_half_of_a_value_nor_an_older_one_after_a_newer()
    {
        var latest = new LatestValue<Wide>();
        using var ending = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            long last = 0, reads = 0;
            while (!ending.IsCancellationRequested || reads == 0)
            {
                var value = latest.Read();
                Assert.True(value.A == value.B && value.B == value.C && value.C == value.D, "torn");
                Assert.True(value.A >= last, "older");
                last = value.A;
                reads++;
            }
        })).ToArray();

        for (var i = 1L; i <= 200_000; i++)
            latest.Write(new Wide(i, i, i, i));
        await ending.CancelAsync();

        await Task.WhenAll(readers);
        Assert.Equal(200_000, latest.Read().A);
        Assert.Equal(400_000, latest.Version);
    }

    [Fact]
    public void Writing_and_reading_allocate_nothing()
    {
        var latest = new LatestValue<Wide>(new Wide(7, 7, 7, 7));
        Assert.Equal(7, latest.Read().D);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            latest.Write(new Wide(i, i, i, i));
            _ = latest.Read();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private readonly record struct Wide(long A, long B, long C, long D);
}
