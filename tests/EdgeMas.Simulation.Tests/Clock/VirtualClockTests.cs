using System.Collections.Concurrent;
using CsCheck;
using EdgeMas.Simulation.Clock;

namespace EdgeMas.Simulation.Tests.Clock;

public sealed class VirtualClockTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly VirtualClock _clock = new();

    [Fact]
    public void Time_moves_only_by_advancing()
    {
        var (from, stamp) = (_clock.GetUtcNow(), _clock.GetTimestamp());

        _clock.Advance(TimeSpan.FromMilliseconds(10));

        Assert.Equal(TimeSpan.FromMilliseconds(10), _clock.GetUtcNow() - from);
        Assert.Equal(TimeSpan.FromMilliseconds(10), _clock.GetElapsedTime(stamp));
        Assert.Equal(TimeSpan.FromMilliseconds(10), _clock.Elapsed);
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public void Timers_fire_in_the_order_of_their_times_each_at_its_own() =>
        Gen.Int[1, 60].Array[1, 40].Sample(dues =>
        {
            var clock = new VirtualClock();
            var fired = new ConcurrentQueue<(int Due, double Now)>();
            var timers = dues.Select(due => clock.CreateTimer(_ => fired.Enqueue((due, clock.Elapsed.TotalMilliseconds)), null, TimeSpan.FromMilliseconds(due), Timeout.InfiniteTimeSpan)).ToList();

            var count = clock.Advance(TimeSpan.FromMilliseconds(50), Limit);

            var expected = dues.Where(due => due <= 50).Order().ToList();
            Assert.Equal(expected.Count, count);
            Assert.Equal(expected, fired.Select(entry => entry.Due));
            Assert.All(fired, entry => Assert.Equal(entry.Due, entry.Now));
            timers.ForEach(timer => timer.Dispose());
        }, iter: 200);

    [Fact]
    public void A_periodic_timer_fires_each_period_until_it_is_disposed()
    {
        var count = 0;
        var timer = _clock.CreateTimer(_ => Interlocked.Increment(ref count), null, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20));

        _clock.Advance(TimeSpan.FromMilliseconds(65), Limit);
        Assert.Equal(4, count); // 5, 25, 45, 65

        timer.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(1), Limit);
        Assert.Equal(4, count);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public void A_changed_timer_keeps_only_its_newest_time()
    {
        var count = 0;
        using var timer = _clock.CreateTimer(_ => Interlocked.Increment(ref count), null, TimeSpan.FromMilliseconds(5), Timeout.InfiniteTimeSpan);

        Assert.True(timer.Change(TimeSpan.FromMilliseconds(30), Timeout.InfiniteTimeSpan));
        _clock.Advance(TimeSpan.FromMilliseconds(29), Limit);
        Assert.Equal(0, count);
        _clock.Advance(TimeSpan.FromMilliseconds(1), Limit);
        Assert.Equal(1, count);
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromHours(1), Limit);
        Assert.Equal(1, count);
    }

    [Fact]
    public void A_timer_without_delay_fires_though_time_stands_still()
    {
        using var fired = new ManualResetEventSlim();
        using var timer = _clock.CreateTimer(_ => fired.Set(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        Assert.True(fired.Wait(Limit, TestContext.Current.CancellationToken));
        Assert.True(_clock.Settle(Limit));
    }

    [Fact]
    public async Task Delays_periodic_timers_and_cancellation_follow_virtual_time()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(10), _clock, TestContext.Current.CancellationToken);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMinutes(5), _clock);
        using var periodic = new PeriodicTimer(TimeSpan.FromMinutes(3), _clock);
        var tick = periodic.WaitForNextTickAsync(TestContext.Current.CancellationToken).AsTask();

        _clock.Advance(TimeSpan.FromMinutes(6), Limit);
        Assert.False(delay.IsCompleted);
        Assert.True(cancellation.IsCancellationRequested);
        Assert.True(await tick.WaitAsync(Limit));
        _clock.Advance(TimeSpan.FromMinutes(4), Limit);
        await delay.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_chain_of_delays_is_not_overtaken_when_advancing_settles()
    {
        var woken = new List<double>();
        var chain = ChainAsync();

        for (var i = 0; i < 100; i++)
            _clock.Advance(TimeSpan.FromMilliseconds(10), Limit);

        await chain.WaitAsync(Limit);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => i * 50.0), woken);

        async Task ChainAsync()
        {
            for (var i = 0; i < 20; i++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), _clock);
                woken.Add(_clock.Elapsed.TotalMilliseconds);
            }
        }
    }

    [Fact]
    public async Task Timers_may_be_made_and_unmade_on_any_thread_while_time_moves()
    {
        var fired = 0;
        var makers = Enumerable.Range(0, 4).Select(maker => Task.Run(() =>
        {
            var random = new Random(maker);
            for (var i = 0; i < 2_000; i++)
            {
                var timer = _clock.CreateTimer(_ => Interlocked.Increment(ref fired), null, TimeSpan.FromMilliseconds(random.Next(1, 50)), Timeout.InfiniteTimeSpan);
                if (i % 2 == 0)
                    timer.Dispose();
            }
        })).ToArray();
        while (!Task.WhenAll(makers).IsCompleted)
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        await Task.WhenAll(makers);
        _clock.Advance(TimeSpan.FromSeconds(1), Limit);

        Assert.True(_clock.Settle(Limit));
        Assert.InRange(fired, 4_000, 8_000); // every kept one, and those that came due before they were disposed
    }

    [Fact]
    public void Only_a_clock_faster_than_real_time_can_be_held()
    {
        using (_clock.Hold())
        {
            Assert.False(_clock.IsHeld);
            _clock.Speed = 20;
            Assert.True(_clock.IsHeld);
            _clock.Speed = 1;
            Assert.False(_clock.IsHeld);
            _clock.Speed = double.PositiveInfinity;
            Assert.True(_clock.IsHeld);
        }
        Assert.False(_clock.IsHeld);
    }

    [Fact]
    public void Holds_overlap_and_each_is_released_once()
    {
        _clock.Speed = double.PositiveInfinity;
        var first = _clock.Hold();
        var second = _clock.Hold();

        first.Dispose();
        first.Dispose();
        Assert.True(_clock.IsHeld);
        Assert.False(_clock.WaitWhileHeld(TimeSpan.FromMilliseconds(1)));

        second.Dispose();
        Assert.True(_clock.WaitWhileHeld(Limit));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_speed_that_is_none_is_refused(double speed) => Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Speed = speed);

    [Fact]
    public void Advancing_without_timers_allocates_nothing()
    {
        _clock.Advance(TimeSpan.FromMilliseconds(10));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            _clock.Advance(TimeSpan.FromMilliseconds(10), Limit);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
