using CsCheck;
using EdgeMas.Core.Bus;
using EdgeMas.Mqtt.Link;
using EdgeMas.Mqtt.Tests.Parts;

namespace EdgeMas.Mqtt.Tests.Link;

public sealed class OutboxTests
{
    private const long Plenty = 1 << 30;

    [Fact]
    public void Messages_come_out_as_they_went_in()
    {
        var outbox = new Outbox(10, Plenty, OverflowPolicy.DropOldest);
        Add(outbox, "a", "b", "c");

        Assert.Equal(["a", "b", "c"], TakeAll(outbox));
    }

    [Fact]
    public void When_full_the_oldest_makes_room_and_is_counted()
    {
        var outbox = new Outbox(2, Plenty, OverflowPolicy.DropOldest);
        Add(outbox, "a", "b", "c");

        Assert.Equal(["b", "c"], TakeAll(outbox));
        Assert.Equal(1, outbox.Dropped);
    }

    [Fact]
    public void When_full_and_told_to_refuse_the_new_one_is_not_taken_and_the_publisher_knows()
    {
        var outbox = new Outbox(2, Plenty, OverflowPolicy.Refuse);
        Add(outbox, "a", "b");

        Assert.False(outbox.TryAdd(Delivery("c")));
        Assert.Equal(["a", "b"], TakeAll(outbox));
        Assert.Equal(1, outbox.Dropped);
    }

    [Theory]
    [InlineData(OverflowPolicy.DropOldest)]
    [InlineData(OverflowPolicy.Refuse)]
    public void A_message_sent_at_most_once_makes_room_before_any_other(OverflowPolicy policy)
    {
        var outbox = new Outbox(3, Plenty, policy);
        Add(outbox, "a");
        Assert.True(outbox.TryAdd(Delivery("expendable", Qos.AtMostOnce)));
        Add(outbox, "b", "c");

        Assert.False(outbox.TryAdd(Delivery("expendable too", Qos.AtMostOnce)));
        Assert.Equal(["a", "b", "c"], TakeAll(outbox));
        Assert.Equal(2, outbox.Dropped);
    }

    [Fact]
    public void While_the_broker_is_away_only_the_newest_state_of_a_topic_waits()
    {
        var outbox = new Outbox(10, Plenty, OverflowPolicy.DropOldest);
        outbox.TryAdd(State("motor", "starting"));
        Add(outbox, "order");
        outbox.TryAdd(State("motor", "ready"));
        outbox.TryAdd(State("vision", "ready"));

        Assert.Equal(["order", "motor ready", "vision ready"], TakeAll(outbox));
        Assert.Equal(0, outbox.Dropped);
    }

    [Fact]
    public void While_connected_every_state_is_sent()
    {
        var outbox = new Outbox(10, Plenty, OverflowPolicy.DropOldest) { IsOnline = true };
        outbox.TryAdd(State("motor", "starting"));
        outbox.TryAdd(State("motor", "ready"));

        Assert.Equal(["motor starting", "motor ready"], TakeAll(outbox));
    }

    [Fact]
    public void What_was_in_flight_waits_again_in_front_and_in_order()
    {
        var outbox = new Outbox(3, Plenty, OverflowPolicy.DropOldest);
        Add(outbox, "a", "b", "c");
        for (var i = 0; i < 3; i++)
            outbox.TryTake(out _);
        outbox.Settle(delivered: true);
        Add(outbox, "d");

        outbox.PutBack();

        Assert.Equal(3, outbox.Count);
        Assert.Equal(["b", "c", "d"], TakeAll(outbox));
    }

    [Fact]
    public void Bytes_are_bounded_as_well_as_messages()
    {
        var outbox = new Outbox(1_000, 10_000, OverflowPolicy.DropOldest);
        for (var i = 0; i < 10; i++)
            outbox.TryAdd(new Delivery("t", Samples.Text("x") with { Data = new ReadOnlyMemory<byte>(new byte[3_000]) }, Qos.AtLeastOnce));
        var tooLarge = new Delivery("t", Samples.Text("x") with { Data = new ReadOnlyMemory<byte>(new byte[20_000]) }, Qos.AtLeastOnce);

        Assert.False(outbox.TryAdd(tooLarge));
        Assert.Equal(2, outbox.Count);
        Assert.Equal(9, outbox.Dropped);
    }

    [Fact]
    public async Task A_flush_waits_for_what_was_accepted_before_it_and_for_nothing_else()
    {
        var outbox = new Outbox(10, Plenty, OverflowPolicy.DropOldest);
        Assert.True(outbox.FlushAsync().IsCompleted);
        Add(outbox, "a", "b");
        var flush = outbox.FlushAsync();
        Add(outbox, "c");

        outbox.TryTake(out _);
        outbox.TryTake(out _);
        outbox.Settle(delivered: true);
        Assert.False(flush.IsCompleted);
        outbox.Settle(delivered: false);

        await flush.WaitAsync(Until.Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(1, outbox.Count);
        Assert.Equal(1, outbox.Dropped);
    }

    [Fact]
    public void Whatever_happens_nothing_is_lost_uncounted_and_order_holds() =>
        Gen.Int[0, 5].Array[1, 200].Sample(actions =>
        {
            var outbox = new Outbox(5, Plenty, OverflowPolicy.DropOldest);
            var (added, settled, inFlight, last) = (0, 0, 0, -1);
            foreach (var action in actions)
            {
                switch (action)
                {
                    case 0 or 1 or 2:
                        outbox.TryAdd(Delivery($"{added++}", action == 2 ? Qos.AtMostOnce : Qos.AtLeastOnce));
                        break;
                    case 3 when outbox.TryTake(out _):
                        inFlight++;
                        break;
                    case 4 when outbox.TryPeekInFlight(out var oldest):
                        var number = int.Parse((string)oldest.Delivery.Message.Data!, System.Globalization.CultureInfo.InvariantCulture);
                        Assert.True(number > last);
                        (last, settled, inFlight) = (number, settled + 1, inFlight - 1);
                        outbox.Settle(delivered: true);
                        break;
                    case 5:
                        outbox.PutBack();
                        inFlight = 0;
                        break;
                }
                Assert.Equal(added, settled + outbox.Count + outbox.Dropped);
                Assert.Equal(inFlight, outbox.InFlight);
            }
        });

    [Fact]
    public void Taking_a_message_off_the_bus_allocates_nothing()
    {
        var outbox = new Outbox(1_000, Plenty, OverflowPolicy.DropOldest);
        var sink = new ExportSink(outbox);
        var state = State("motor", "ready");
        var order = Delivery("order");
        for (var i = 0; i < 3_000; i++) // fills the pool and the tables
        {
            sink.TryAccept(state);
            sink.TryAccept(order);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 3_000; i++)
        {
            sink.TryAccept(state);
            sink.TryAccept(order);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Delivery Delivery(string text, Qos qos = Qos.AtLeastOnce) => new("t", Samples.Text(text), qos);

    private static Delivery State(string agent, string state) =>
        new(Samples.Topics.AgentState(agent), Samples.Text($"{agent} {state}"), Qos.AtMostOnce, Retain: true);

    private static void Add(Outbox outbox, params string[] texts)
    {
        foreach (var text in texts)
            Assert.True(outbox.TryAdd(Delivery(text)));
    }

    private static List<string> TakeAll(Outbox outbox)
    {
        var texts = new List<string>();
        while (outbox.TryTake(out var taken))
        {
            texts.Add((string)taken.Delivery.Message.Data!);
            outbox.Settle(delivered: true);
        }
        return texts;
    }
}
