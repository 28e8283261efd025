using System.Diagnostics;
using System.Globalization;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Messages;

namespace EdgeMas.Benchmarks;

/// <summary>What one publish in process costs. Bound: no byte allocated after warm-up.</summary>
internal static class PublishBenchmark
{
    private const int WarmUp = 200_000;
    private const int Publishes = 2_000_000;

    internal static bool Run(TextWriter output)
    {
        var held = true;
        foreach (var subscribers in (int[])[1, 8])
        {
            var (bytes, nanoseconds) = Measure(subscribers);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"publish to {subscribers} subscriber(s): {bytes:0.###} bytes allocated a publish (bound 0), {nanoseconds:0} ns a publish, {1e9 / nanoseconds:N0} a second"));
            held &= bytes == 0;
        }
        return held;
    }

    private static (double Bytes, double Nanoseconds) Measure(int subscribers)
    {
        const string Topic = "edgemas/v1/yard/rover/motion/base/state";
        var bus = new InProcessBus(TimeProvider.System);
        for (var i = 0; i < subscribers; i++)
            bus.Subscribe("edgemas/v1/yard/+/motion/#", new BusQueue(64, OverflowPolicy.DropOldest));
        var message = new Message { Id = MessageIds.Next(), Source = "/benchmark", Type = "benchmark", Time = DateTimeOffset.UnixEpoch };
        Publish(bus, Topic, message, WarmUp);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var began = Stopwatch.GetTimestamp();
        Publish(bus, Topic, message, Publishes);
        var elapsed = Stopwatch.GetElapsedTime(began);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return (allocated / (double)Publishes, elapsed.TotalNanoseconds / Publishes);
    }

    private static void Publish(InProcessBus bus, string topic, Message message, int count)
    {
        for (var i = 0; i < count; i++)
            bus.Publish(topic, message);
    }
}
