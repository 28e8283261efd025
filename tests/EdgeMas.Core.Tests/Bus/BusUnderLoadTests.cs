using EdgeMas.Core.Bus;

namespace EdgeMas.Core.Tests.Bus;

public sealed class BusUnderLoadTests
{
    private const int Publishers = 4;
    private const int Messages = 5_000;

    [Fact]
    public async Task A_queue_with_a_waiting_reader_loses_no_message_and_no_wakeup()
    {
        var queue = new BusQueue(Publishers * Messages, OverflowPolicy.Refuse);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var reading = Task.Run(async () =>
        {
            var last = new int[Publishers];
            var count = 0;
            await foreach (var delivery in queue.ReadAllAsync(patience.Token))
            {
                var (publisher, number) = ((int, int))delivery.Message.Data!;
                Assert.Equal(last[publisher] + 1, number);
                last[publisher] = number;
                if (++count == Publishers * Messages)
                    break;
            }
            return count;
        });

        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(publisher => Task.Run(() =>
        {
            for (var i = 1; i <= Messages; i++)
                queue.TryAccept(new Delivery("a", Letters.New((publisher, i))));
        })));

        Assert.Equal(Publishers * Messages, await reading);
    }

    [Fact]
    public async Task Subscribers_that_come_and_go_see_every_message_of_their_time_once_and_in_order()
    {
        var bus = new InProcessBus(TimeProvider.System);
        var steady = new BusQueue(Publishers * Messages, OverflowPolicy.Refuse);
        using var subscription = bus.Subscribe("load/+", steady);
        var going = true;
        using var visited = new CountdownEvent(2);
        var passers = Enumerable.Range(0, visited.InitialCount).Select(_ => Task.Factory.StartNew(() =>
        {
            for (var visits = 0; Volatile.Read(ref going); visits++)
            {
                var queue = new BusQueue(Publishers * Messages, OverflowPolicy.Refuse);
                using (bus.Subscribe("load/#", queue))
                    Thread.Yield();
                AssertUnbroken(queue, fromTheFirst: false);
                if (visits == 0)
                    visited.Signal();
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Assert.True(visited.Wait(TimeSpan.FromSeconds(30)));

        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(publisher => Task.Run(() =>
        {
            for (var i = 1; i <= Messages; i++)
                bus.Publish($"load/{publisher}", Letters.New((publisher, i)));
        })));
        Volatile.Write(ref going, false);

        await Task.WhenAll(passers);
        Assert.Equal(Publishers * Messages, AssertUnbroken(steady, fromTheFirst: true));
    }

    [Fact]
    public async Task A_new_subscriber_never_sees_an_old_state_after_a_newer_one()
    {
        var bus = new InProcessBus(TimeProvider.System);
        var going = true;
        var publishing = Task.Run(() =>
        {
            for (var i = 1; Volatile.Read(ref going); i++)
                bus.Publish("state", Letters.New((0, i)), retain: true);
        });

        for (var visit = 0; visit < 500; visit++)
        {
            var queue = new BusQueue(100_000, OverflowPolicy.Refuse);
            using (bus.Subscribe("state", queue))
                Thread.Yield();
            AssertUnbroken(queue, fromTheFirst: false);
        }
        Volatile.Write(ref going, false);
        await publishing;
    }

    /// <summary>Each publisher's numbers follow each other without gap or repetition.</summary>
    private static int AssertUnbroken(BusQueue queue, bool fromTheFirst)
    {
        var last = new int[Publishers];
        var count = 0;
        while (queue.TryRead(out var delivery))
        {
            var (publisher, number) = ((int, int))delivery.Message.Data!;
            if (last[publisher] != 0 || fromTheFirst)
                Assert.Equal(last[publisher] + 1, number);
            last[publisher] = number;
            count++;
        }
        Assert.Equal(0, queue.Dropped);
        return count;
    }
}
