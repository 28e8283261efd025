using CsCheck;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Messages;
using Microsoft.Extensions.Time.Testing;

namespace EdgeMas.Core.Tests.Bus;

public sealed class InProcessBusTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly InProcessBus _bus;

    public InProcessBusTests() => _bus = new InProcessBus(_time);

    [Fact]
    public void A_message_reaches_every_matching_subscriber_by_reference()
    {
        var (exact, wild, other) = (Queue(), Queue(), Queue());
        using var one = _bus.Subscribe("a/b", exact);
        using var two = _bus.Subscribe("a/+", wild);
        using var three = _bus.Subscribe("b/#", other);
        var letter = Letters.New("hello");

        var receipt = _bus.Publish("a/b", letter);

        Assert.Equal(new PublishReceipt(2, 0), receipt);
        Assert.True(exact.TryRead(out var delivery));
        Assert.Same(letter, delivery.Message);
        Assert.Equal("a/b", delivery.Topic);
        Assert.True(wild.TryRead(out _));
        Assert.False(other.TryRead(out _));
    }

    [Fact]
    public void Overlapping_filters_of_one_subscriber_deliver_once()
    {
        var queue = Queue();
        using var one = _bus.Subscribe("a/#", queue);
        var two = _bus.Subscribe("a/b", queue);

        _bus.Publish("a/b", Letters.New(1));
        two.Dispose();
        _bus.Publish("a/b", Letters.New(2));

        Assert.Equal([1, 2], queue.ReadAll());
    }

    [Fact]
    public void An_ended_subscription_gets_nothing_more()
    {
        var queue = Queue();
        var subscription = _bus.Subscribe("a", queue);
        _bus.Publish("a", Letters.New(1));
        subscription.Dispose();
        subscription.Dispose();

        Assert.Equal(default, _bus.Publish("a", Letters.New(2)));
        Assert.Equal([1], queue.ReadAll());
    }

    [Fact]
    public void A_retained_message_waits_for_later_subscribers_and_says_that_it_waited()
    {
        _bus.Publish("a/state", Letters.New("old"), retain: true);
        _bus.Publish("a/state", Letters.New("new"), Qos.AtLeastOnce, retain: true);
        var queue = Queue();
        using var subscription = _bus.Subscribe("a/+", queue);

        Assert.True(queue.TryRead(out var delivery));
        Assert.Equal("new", delivery.Message.Data);
        Assert.True(delivery.Retained);
        Assert.Equal(Qos.AtLeastOnce, delivery.Qos);
        Assert.False(queue.TryRead(out _));
    }

    [Fact]
    public void Those_who_already_listen_see_a_retained_message_as_a_live_one()
    {
        var queue = Queue();
        using var subscription = _bus.Subscribe("a", queue);

        _bus.Publish("a", Letters.New("now"), retain: true);

        Assert.True(queue.TryRead(out var delivery));
        Assert.False(delivery.Retained);
    }

    [Fact]
    public void A_retained_message_without_data_makes_the_topic_forgotten()
    {
        _bus.Publish("a", Letters.New("kept"), retain: true);
        _bus.Publish("a", Letters.New(null), retain: true);
        var queue = Queue();
        using var subscription = _bus.Subscribe("#", queue);

        Assert.Empty(queue.ReadAll());
    }

    [Fact]
    public void A_retained_message_past_its_deadline_is_not_delivered()
    {
        _bus.Publish("a", Letters.New("kept") with { Deadline = _time.GetUtcNow() + TimeSpan.FromSeconds(1) }, retain: true);
        _time.Advance(TimeSpan.FromSeconds(2));
        var queue = Queue();
        using var subscription = _bus.Subscribe("a", queue);

        Assert.Empty(queue.ReadAll());
    }

    [Fact]
    public void Too_many_retained_topics_push_out_the_one_set_longest_ago()
    {
        for (var i = 0; i <= RetainedMessages.Capacity; i++)
            _bus.Publish($"state/{i}", Letters.New(i), retain: true);
        var (first, second) = (Queue(), Queue());
        using var one = _bus.Subscribe("state/0", first);
        using var two = _bus.Subscribe("state/1", second);

        Assert.Empty(first.ReadAll());
        Assert.Equal([1], second.ReadAll());
        Assert.Equal(1, _bus.Counters.Evicted);
    }

    [Fact]
    public void A_failed_session_leaves_its_will_once_and_a_closed_one_none()
    {
        var queue = Queue();
        using var subscription = _bus.Subscribe("presence/+", queue);
        var failing = _bus.OpenSession("one", "presence/one", Letters.New("one is gone"), retain: true);
        var peaceful = _bus.OpenSession("two", "presence/two", Letters.New("two is gone"), retain: true);

        failing.Fail();
        failing.Fail();
        peaceful.Dispose();
        peaceful.Fail();

        Assert.Equal(["one is gone"], queue.ReadAll());
    }

    [Fact]
    public void A_throwing_subscriber_is_counted_and_told_and_harms_nobody_else()
    {
        var queue = Queue();
        using var bad = _bus.Subscribe("a", new ThrowingSink());
        using var good = _bus.Subscribe("a", queue);
        Exception? told = null;
        _bus.SubscriberFailed += (_, error) => told = error;

        var receipt = _bus.Publish("a", Letters.New(1));

        Assert.Equal(new PublishReceipt(1, 1), receipt);
        Assert.Equal([1], queue.ReadAll());
        Assert.IsType<InvalidOperationException>(told);
        Assert.Equal(new BusCounters(1, 1, 1, Failed: 1), _bus.Counters);
    }

    [Fact]
    public void A_full_queue_shows_in_the_receipt_and_the_counters()
    {
        var queue = new BusQueue(1, OverflowPolicy.Refuse);
        using var subscription = _bus.Subscribe("a", queue);

        _bus.Publish("a", Letters.New(1));
        var receipt = _bus.Publish("a", Letters.New(2));

        Assert.False(receipt.ReachedAll);
        Assert.Equal(new BusCounters(2, 1, 1), _bus.Counters);
    }

    [Theory]
    [InlineData("a/+")]
    [InlineData("#")]
    [InlineData("a\0b")]
    public void A_topic_with_wildcards_or_null_characters_is_refused(string topic)
    {
        Assert.Throws<FormatException>(() => _bus.Publish(topic, Letters.New(1)));
        Assert.Throws<FormatException>(() => _bus.Publish(topic, Letters.New(1), retain: true));
        Assert.Throws<FormatException>(() => _bus.OpenSession("s", topic, Letters.New(1), retain: false));
    }

    [Fact]
    public void Topics_that_outsiders_make_up_do_not_fill_the_memory()
    {
        var queue = Queue();
        using var subscription = _bus.Subscribe("flood/1", queue);
        var table = RouteTable.Empty;

        for (var i = 0; i < RouteTable.MaxTopics * 3; i++)
        {
            table.SinksOf($"flood/{i}");
            Assert.InRange(table.Remembered, 0, RouteTable.MaxTopics);
        }
        _bus.Publish("flood/1", Letters.New("still there"));

        Assert.Equal(["still there"], queue.ReadAll());
    }

    [Fact]
    public void Publishing_to_a_known_topic_allocates_nothing()
    {
        var queue = new BusQueue(16, OverflowPolicy.DropOldest);
        using var subscription = _bus.Subscribe("edgemas/v1/yard/+/motion/#", queue);
        var letter = Letters.New("tick");
        for (var i = 0; i < 100; i++)
            _bus.Publish("edgemas/v1/yard/rover/motion/state", letter);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            _bus.Publish("edgemas/v1/yard/rover/motion/state", letter);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Waking_a_waiting_reader_allocates_nothing_on_the_publishers_side()
    {
        var queue = new BusQueue(16, OverflowPolicy.Refuse);
        using var subscription = _bus.Subscribe("a", queue);
        using var end = new CancellationTokenSource();
        var read = 0;
        var reader = Task.Run(async () =>
        {
            try
            {
                await foreach (var _ in queue.ReadAllAsync(end.Token))
                    Interlocked.Increment(ref read);
            }
            catch (OperationCanceledException)
            {
                // as asked
            }
        });

        Assert.Equal(0, LeastBytesOf(20, () =>
        {
            for (var i = 0; i < 50; i++)
            {
                var seen = Volatile.Read(ref read);
                _bus.Publish("a", Tick);
                var patience = Environment.TickCount64 + 5_000;
                var spin = default(SpinWait);
                while (Volatile.Read(ref read) == seen && Environment.TickCount64 < patience)
                    spin.SpinOnce();
            }
        }));
        await end.CancelAsync();
        await reader.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Any_topic_reaches_exactly_the_filters_that_a_naive_reading_of_the_standard_says() =>
        Gen.Select(NaiveFilter.Filters.Array[1, 8], NaiveFilter.Topics.Array[1, 8]).Sample((filters, topics) =>
        {
            var bus = new InProcessBus(_time);
            var queues = filters.Select(filter =>
            {
                var queue = Queue();
                bus.Subscribe(filter, queue);
                return queue;
            }).ToArray();
            foreach (var topic in topics.Concat(topics))
            {
                bus.Publish(topic, Tick);
                for (var i = 0; i < filters.Length; i++)
                {
                    if (queues[i].TryRead(out _) != NaiveFilter.Matches(filters[i], topic))
                        return false;
                }
            }
            return true;
        }, iter: 2_000);

    private static readonly Message Tick = Letters.New("tick");

    /// <summary>The least of several rounds: a first round may compile code, on this thread, that allocates.</summary>
    private static long LeastBytesOf(int rounds, Action act)
    {
        var least = long.MaxValue;
        for (var i = 0; i < rounds; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            act();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }

    private static BusQueue Queue() => new(64, OverflowPolicy.Refuse);

    private sealed class ThrowingSink : IDeliverySink
    {
        public bool TryAccept(in Delivery delivery) => throw new InvalidOperationException("bad sink");
    }
}
