using System.Numerics;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Mqtt.Embedded;

/// <summary>Counts what the broker took, dropped and refused. What could flood the log is told at the 1st, 2nd, 4th, 8th, … time. Any thread.</summary>
internal sealed partial class EmbeddedBrokerTally(ILogger logger)
{
    private long _received;
    private long _delivered;
    private long _dropped;
    private long _refusedConnections;
    private long _refusedPackets;

    internal EmbeddedBrokerCounters Snapshot(int connections) => new(
        connections, Interlocked.Read(ref _received), Interlocked.Read(ref _delivered), Interlocked.Read(ref _dropped),
        Interlocked.Read(ref _refusedConnections), Interlocked.Read(ref _refusedPackets));

    internal void Receive() => Interlocked.Increment(ref _received);

    internal void Deliver() => Interlocked.Increment(ref _delivered);

    internal void Drop(string receiver, string topic)
    {
        if (Interlocked.Increment(ref _dropped) is var count && BitOperations.IsPow2(count))
            LogDropped(logger, topic, receiver, count);
    }

    internal void RefuseConnection() => Interlocked.Increment(ref _refusedConnections);

    internal void RefusePacket(string what, string? who)
    {
        if (Interlocked.Increment(ref _refusedPackets) is var count && BitOperations.IsPow2(count))
            LogRefused(logger, what, who, count);
    }

    [LoggerMessage(LogLevel.Warning, "Dropped a message on {Topic}: the queue of subscriber {Receiver} is full; {Count} dropped so far")]
    private static partial void LogDropped(ILogger logger, string topic, string receiver, long count);

    [LoggerMessage(LogLevel.Warning, "Refused {What} from {Who}; {Count} refused so far")]
    private static partial void LogRefused(ILogger logger, string what, string? who, long count);
}
