using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace EdgeMas.Mqtt.Embedded;

/// <summary>
/// Bounds what subscribers who do not keep up cost in memory. MQTTnet bounds the number of waiting messages, but neither their bytes nor those that were
/// sent and never acknowledged. Called on the server's threads.
/// </summary>
internal sealed partial class SlowSubscribers
{
    /// <summary>Smaller messages are bounded well enough by their number.</summary>
    private const int LargePayload = 4_096;

    private readonly MqttServer _server;
    private readonly EmbeddedBrokerOptions _options;
    private readonly EmbeddedBrokerTally _tally;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, int> _unacknowledged = new(StringComparer.Ordinal);

    internal SlowSubscribers(MqttServer server, EmbeddedBrokerOptions options, EmbeddedBrokerTally tally, ILogger logger)
    {
        (_server, _options, _tally, _logger) = (server, options, tally, logger);
        server.InterceptingClientEnqueueAsync += CheckBytesAsync;
        server.InterceptingOutboundPacketAsync += CountSentAsync;
        server.ClientAcknowledgedPublishPacketAsync += CountAcknowledgedAsync;
        server.ClientConnectedAsync += connected => ForgetAsync(connected.ClientId); // the session sends them all again
        server.SessionDeletedAsync += deleted => ForgetAsync(deleted.Id);
    }

    private async Task CheckBytesAsync(InterceptingClientApplicationMessageEnqueueEventArgs enqueue)
    {
        var bytes = enqueue.ApplicationMessage.Payload.Length;
        if (bytes <= LargePayload)
            return;
        var session = await _server.GetSessionAsync(enqueue.ReceiverClientId);
        if ((session.PendingApplicationMessagesCount + 1) * bytes <= _options.MaxPendingBytesPerClient)
            return;
        enqueue.AcceptEnqueue = false;
        _tally.Drop(enqueue.ReceiverClientId, enqueue.ApplicationMessage.Topic);
    }

    private Task CountSentAsync(InterceptingPacketEventArgs outbound)
    {
        if (outbound.Packet is not MqttPublishPacket { QualityOfServiceLevel: not MqttQualityOfServiceLevel.AtMostOnce })
            return Task.CompletedTask;
        var count = _unacknowledged.AddOrUpdate(outbound.ClientId, 1, static (_, before) => before + 1);
        if (count != _options.MaxUnacknowledgedPerClient + 1)
            return Task.CompletedTask;
        outbound.ProcessPacket = false;
        _tally.RefusePacket($"more than {_options.MaxUnacknowledgedPerClient:N0} messages without an acknowledgement", outbound.ClientId);
        _ = EndAsync(outbound.ClientId); // not awaited: this is the client's own sending loop, which the end waits for
        return Task.CompletedTask;
    }

    private Task CountAcknowledgedAsync(ClientAcknowledgedPublishPacketEventArgs acknowledged)
    {
        _unacknowledged.AddOrUpdate(acknowledged.ClientId, 0, static (_, before) => Math.Max(0, before - 1));
        return Task.CompletedTask;
    }

    private Task ForgetAsync(string clientId)
    {
        _unacknowledged.TryRemove(clientId, out _);
        return Task.CompletedTask;
    }

    private async Task EndAsync(string clientId)
    {
        try
        {
            await (await _server.GetSessionAsync(clientId)).DeleteAsync();
            LogEnded(_logger, clientId, _options.MaxUnacknowledgedPerClient);
        }
        catch (InvalidOperationException error)
        {
            LogGone(_logger, clientId, error); // it left by itself, or the broker stopped
        }
    }

    [LoggerMessage(LogLevel.Warning, "Session of {Client} ended: it did not acknowledge {Count} messages")]
    private static partial void LogEnded(ILogger logger, string client, int count);

    [LoggerMessage(LogLevel.Debug, "Session of {Client} was gone already")]
    private static partial void LogGone(ILogger logger, string client, Exception error);
}
