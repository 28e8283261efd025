using EdgeMas.Mqtt.Link;
using EdgeMas.Mqtt.Tests.Parts;
using Microsoft.Extensions.Time.Testing;

namespace EdgeMas.Mqtt.Tests.Link;

public sealed class LinkPartsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_bucket_lets_a_burst_through_and_then_the_rate()
    {
        var bucket = new TokenBucket(perSecond: 10, burst: 3, _time);

        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => bucket.TryTake()));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal([true, false], Enumerable.Range(0, 2).Select(_ => bucket.TryTake()));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, Enumerable.Range(0, 9).Count(_ => bucket.TryTake()));
    }

    [Fact]
    public void Backoff_doubles_to_its_limit_with_jitter_that_a_seed_repeats()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8), seed: 7);
        var same = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8), seed: 7);
        var full = new[] { 1, 2, 4, 8, 8, 8 };

        foreach (var seconds in full)
        {
            var wait = backoff.Next();
            Assert.InRange(wait.TotalSeconds, seconds * 0.5, seconds);
            Assert.Equal(same.Next(), wait);
        }
        backoff.Reset();
        Assert.InRange(backoff.Next().TotalSeconds, 0.5, 1);
        for (var i = 0; i < 2_000; i++)
            Assert.InRange(backoff.Next().TotalSeconds, 0.5, 8);
    }

    [Fact]
    public void Recent_ids_are_known_until_newer_ones_push_them_out()
    {
        var recent = new RecentIds(2);

        Assert.Equal([true, false, true, true, true], new[] { "a", "a", "b", "c", "a" }.Select(recent.TryAdd));
    }

    [Fact]
    public void An_open_reply_is_taken_once_and_expires()
    {
        var replies = new OpenReplies(10, TimeSpan.FromSeconds(60), _time);
        Assert.True(replies.TryAdd("q1", "t1", [1]));
        Assert.False(replies.TryAdd("q1", "elsewhere", [2]));
        Assert.True(replies.TryAdd("q2", "t2", [2]));

        Assert.True(replies.TryTake("q1", out var address));
        Assert.Equal("t1", address.Topic);
        Assert.False(replies.TryTake("q1", out _));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.False(replies.TryTake("q2", out _));
    }

    [Fact]
    public void Open_replies_stay_bounded_however_many_are_asked_and_answered()
    {
        var replies = new OpenReplies(10, TimeSpan.FromSeconds(60), _time);
        for (var i = 0; i < 1_000; i++)
            replies.TryAdd($"open {i}", "t", [1]);

        Assert.False(replies.TryTake("open 989", out _));
        Assert.True(replies.TryTake("open 990", out _));
        for (var i = 0; i < 1_000; i++)
        {
            replies.TryAdd($"quick {i}", "t", [1]);
            Assert.True(replies.TryTake($"quick {i}", out _));
        }
    }

    [Fact]
    public void Filters_are_relative_to_the_robot_unless_they_say_otherwise()
    {
        var filters = new LinkFilters(Links.Options(new("h", 1)) with
        {
            Export = ["agents/+/inbox", "edgemas/v1/yard/all/news", "/uagv/v2/#"],
            Import = ["/uagv/v2/acme/1/order", "estop"],
            ImportFromElsewhere = true,
        });

        Assert.Equal(["edgemas/v1/yard/rover/agents/+/inbox", "edgemas/v1/yard/all/news", "uagv/v2/#"], filters.Export);
        Assert.True(filters.Imports("uagv/v2/acme/1/order"));
        Assert.True(filters.Imports(Samples.Topics.EStop));
        Assert.False(filters.Imports(Samples.Topics.Orders));
    }

    [Theory]
    [InlineData("edgemas/v1/yard/+/estop")]
    [InlineData("/#")]
    [InlineData("edgemas/v1/yard/other/agents/planner/inbox")]
    public void An_import_from_elsewhere_must_be_allowed(string filter) =>
        Assert.Contains(filter.TrimStart('/'), Assert.Throws<ArgumentException>(() => new LinkFilters(Links.Options(new("h", 1)) with { Import = [filter] })).Message);

    [Fact]
    public void A_malformed_filter_is_refused() =>
        Assert.Throws<FormatException>(() => new LinkFilters(Links.Options(new("h", 1)) with { Export = ["agents/a+/inbox"] }));

    [Fact]
    public async Task A_signal_is_kept_for_the_one_who_waits_next()
    {
        var wake = new Wake();
        wake.Set();
        wake.Set();

        await wake.WaitAsync();
        var second = wake.WaitAsync();
        Assert.False(second.IsCompleted);
        wake.Set();
        await second;
    }
}
