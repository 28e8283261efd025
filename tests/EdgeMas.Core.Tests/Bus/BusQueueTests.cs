using EdgeMas.Core.Bus;

namespace EdgeMas.Core.Tests.Bus;

public sealed class BusQueueTests
{
    [Fact]
    public void Refusing_keeps_what_waits_and_counts_what_does_not_fit()
    {
        var queue = Filled(new BusQueue(2, OverflowPolicy.Refuse), 3);

        Assert.Equal([0, 1], queue.ReadAll());
        Assert.Equal(1, queue.Dropped);
    }

    [Fact]
    public void Dropping_the_oldest_keeps_the_newest_and_counts_what_went()
    {
        var queue = Filled(new BusQueue(20, OverflowPolicy.DropOldest), 50);

        Assert.Equal(Enumerable.Range(30, 20).Cast<object?>(), queue.ReadAll());
        Assert.Equal(30, queue.Dropped);
    }

    [Fact]
    public void What_was_sent_at_most_once_makes_room_first()
    {
        var queue = new BusQueue(3, OverflowPolicy.DropOldest);
        Put(queue, 0, Qos.AtLeastOnce);
        Put(queue, 1, Qos.AtMostOnce);
        Put(queue, 2, Qos.AtLeastOnce);

        Put(queue, 3, Qos.AtLeastOnce);
        Put(queue, 4, Qos.AtLeastOnce);

        Assert.Equal([2, 3, 4], queue.ReadAll());
    }

    [Fact]
    public async Task A_reader_gets_what_waits_and_what_comes_until_it_is_cancelled()
    {
        var queue = Filled(new BusQueue(8, OverflowPolicy.Refuse), 2);
        using var end = new CancellationTokenSource();
        var got = new List<object?>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var delivery in queue.ReadAllAsync(end.Token))
            {
                got.Add(delivery.Message.Data);
                if (got.Count == 2)
                    _ = Task.Run(() => Put(queue, 2, Qos.AtMostOnce));
                if (got.Count == 3)
                    end.CancelAfter(TimeSpan.FromMilliseconds(10));
            }
        });

        Assert.Equal([0, 1, 2], got);
    }

    private static BusQueue Filled(BusQueue queue, int count)
    {
        for (var i = 0; i < count; i++)
            Put(queue, i, Qos.AtMostOnce);
        return queue;
    }

    private static void Put(BusQueue queue, object data, Qos qos) => queue.TryAccept(new Delivery("a", Letters.New(data), qos));
}
