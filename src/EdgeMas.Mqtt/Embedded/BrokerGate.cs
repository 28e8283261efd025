using System.Collections.Concurrent;
using System.Security.Cryptography;
using EdgeMas.Core.Topics;
using EdgeMas.Mqtt.Access;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace EdgeMas.Mqtt.Embedded;

/// <summary>Everything the embedded broker checks: who logs in, who publishes and subscribes to what, how much is kept. Called on the server's threads.</summary>
internal sealed partial class BrokerGate : IDisposable
{
    private const int MaxClientIdLength = 128;
    private const int MaxTopicLevels = 32;

    /// <summary>A message leaves its queue before it is written to the connection.</summary>
    private static readonly TimeSpan LastWrite = TimeSpan.FromMilliseconds(50);

    private readonly MqttServer _server;
    private readonly EmbeddedBrokerOptions _options;
    private readonly AccessList _access;
    private readonly EmbeddedBrokerTally _tally;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, byte> _retainedTopics = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _owners = new(StringComparer.Ordinal);
    private IList<MqttApplicationMessage> _retained = [];
    private CancellationTokenSource _closing = new();
    private volatile bool _isClosing;

    internal BrokerGate(MqttServer server, EmbeddedBrokerOptions options, AccessList access, EmbeddedBrokerTally tally, ILogger logger)
    {
        (_server, _options, _access, _tally, _logger) = (server, options, access, tally, logger);
        server.ValidatingConnectionAsync += LogInAsync;
        server.InterceptingPublishAsync += PublishAsync;
        server.InterceptingSubscriptionAsync += SubscribeAsync;
        server.InterceptingOutboundPacketAsync += AnnounceLimitsAsync;
        server.ApplicationMessageEnqueuedOrDroppedAsync += CountDeliveryAsync;
        server.SessionDeletedAsync += ForgetOwnerAsync;
        server.LoadingRetainedMessageAsync += RestoreRetainedAsync;
    }

    internal void Open()
    {
        _closing.Dispose();
        _closing = new CancellationTokenSource();
        _isClosing = false;
    }

    /// <summary>From here on publishes are neither taken nor acknowledged; returns when what was taken before has been sent on, or after the drain timeout.</summary>
    internal async Task CloseAsync(CancellationToken cancellationToken)
    {
        _isClosing = true;
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < _options.DrainTimeout && !cancellationToken.IsCancellationRequested)
        {
            if ((await _server.GetClientsAsync()).All(client => client.Session.PendingApplicationMessagesCount == 0))
                break;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }
        await Task.Delay(LastWrite, TimeProvider.System, CancellationToken.None);
        _retained = await _server.GetRetainedMessagesAsync();
        await _closing.CancelAsync();
    }

    public void Dispose() => _closing.Dispose();

    private async Task LogInAsync(ValidatingConnectionEventArgs login)
    {
        var (code, reason) = await CheckLoginAsync(login);
        login.ReasonCode = code;
        if (string.IsNullOrEmpty(login.ClientId)) // without one MQTTnet answers that it is missing, whatever else is wrong
            login.AssignedClientIdentifier = $"{login.UserName}-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        if (code == MqttConnectReasonCode.Success)
        {
            _owners[string.IsNullOrEmpty(login.ClientId) ? login.AssignedClientIdentifier : login.ClientId] = login.UserName;
            return;
        }
        login.ReasonString = reason;
        _tally.RefuseConnection();
        LogRefusedLogin(_logger, login.RemoteEndPoint?.ToString(), login.UserName, reason);
    }

    private async Task<(MqttConnectReasonCode Code, string Reason)> CheckLoginAsync(ValidatingConnectionEventArgs login)
    {
        if (string.IsNullOrEmpty(login.UserName))
            return (MqttConnectReasonCode.NotAuthorized, "anonymous clients are not let in");
        if (!_access.IsPassword(login.UserName, login.RawPassword))
            return (MqttConnectReasonCode.BadUserNameOrPassword, "wrong user name or password");
        if (login.ClientId?.Length > MaxClientIdLength)
            return (MqttConnectReasonCode.ClientIdentifierNotValid, $"a client id has at most {MaxClientIdLength} characters");
        if (_owners.TryGetValue(login.ClientId ?? "", out var owner) && owner != login.UserName)
            return (MqttConnectReasonCode.ClientIdentifierNotValid, "another user has this client id");
        if (owner is null && _owners.Count >= _options.MaxSessions && !await ForgetExpiredAsync())
            return (MqttConnectReasonCode.QuotaExceeded, $"{_options.MaxSessions} sessions are kept already");
        return (MqttConnectReasonCode.Success, "");
    }

    /// <summary>MQTTnet keeps a session for ever once its client asked for any expiry.</summary>
    private async Task<bool> ForgetExpiredAsync()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var sessions = await _server.GetSessionsAsync();
        foreach (var session in sessions)
        {
            if (session.DisconnectedTimestamp is { } left && (now - left).TotalSeconds >= session.ExpiryInterval)
                await session.DeleteAsync();
        }
        foreach (var gone in _owners.Keys.Except(sessions.Select(session => session.Id)))
            _owners.TryRemove(gone, out _); // logged in, and left before it had a session
        return _owners.Count < _options.MaxSessions;
    }

    private async Task PublishAsync(InterceptingPublishEventArgs publish)
    {
        if (_isClosing)
            await WaitForTheEndAsync(publish.CancellationToken);
        var message = publish.ApplicationMessage;
        var (code, what) = CheckPublish(_access.Of(publish.UserName), message);
        if (code == MqttPubAckReasonCode.Success)
        {
            _tally.Receive();
            if (message.Retain)
                Keep(message);
            return;
        }
        publish.ProcessPublish = false;
        publish.Response.ReasonCode = code;
        publish.Response.ReasonString = what;
        _tally.RefusePacket($"a message on '{message.Topic}' ({what})", publish.UserName);
    }

    private (MqttPubAckReasonCode Code, string What) CheckPublish(UserAccess user, MqttApplicationMessage message)
    {
        if (string.IsNullOrEmpty(message.Topic) || message.Topic.AsSpan().Count('/') >= MaxTopicLevels)
            return (MqttPubAckReasonCode.TopicNameInvalid, $"a topic has 1 to {MaxTopicLevels} levels");
        if (!user.MayPublish(message.Topic))
            return (MqttPubAckReasonCode.NotAuthorized, "not allowed to publish there");
        if (message.Retain && !message.Payload.IsEmpty && !_retainedTopics.ContainsKey(message.Topic) && _retainedTopics.Count >= _options.MaxRetainedTopics)
            return (MqttPubAckReasonCode.QuotaExceeded, $"{_options.MaxRetainedTopics} topics have retained messages already");
        return (MqttPubAckReasonCode.Success, "");
    }

    private void Keep(MqttApplicationMessage message)
    {
        if (message.Payload.IsEmpty)
            _retainedTopics.TryRemove(message.Topic, out _);
        else
            _retainedTopics.TryAdd(message.Topic, 0);
    }

    /// <summary>Ends the client's connection without an acknowledgement, so that it sends the message again after the restart.</summary>
    private async Task WaitForTheEndAsync(CancellationToken connection)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(connection, _closing.Token);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, either.Token);
    }

    private Task SubscribeAsync(InterceptingSubscriptionEventArgs subscription)
    {
        var filter = subscription.TopicFilter.Topic;
        var code = CheckSubscription(_access.Of(subscription.UserName), filter);
        if (code is null)
            return Task.CompletedTask;
        subscription.ProcessSubscription = false;
        subscription.Response.ReasonCode = code.Value;
        _tally.RefusePacket($"a subscription to '{filter}'", subscription.UserName);
        return Task.CompletedTask;
    }

    private static MqttSubscribeReasonCode? CheckSubscription(UserAccess user, string filter)
    {
        try
        {
            TopicFilter.Parse(filter);
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            return MqttSubscribeReasonCode.TopicFilterInvalid;
        }
        return user.MaySubscribe(filter) ? null : MqttSubscribeReasonCode.NotAuthorized;
    }

    private Task AnnounceLimitsAsync(InterceptingPacketEventArgs outbound)
    {
        if (outbound.Packet is MqttConnAckPacket answer)
        {
            answer.MaximumPacketSize = (uint)_options.MaxPacketBytes;
            answer.SharedSubscriptionAvailable = false;
        }
        return Task.CompletedTask;
    }

    private Task CountDeliveryAsync(ApplicationMessageEnqueuedEventArgs delivery)
    {
        if (delivery.IsDropped)
            _tally.Drop(delivery.ReceiverClientId, delivery.ApplicationMessage.Topic);
        else
            _tally.Deliver();
        return Task.CompletedTask;
    }

    private Task ForgetOwnerAsync(SessionDeletedEventArgs session)
    {
        _owners.TryRemove(session.Id, out _);
        return Task.CompletedTask;
    }

    private Task RestoreRetainedAsync(LoadingRetainedMessagesEventArgs loading)
    {
        loading.LoadedRetainedMessages = [.. _retained];
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "Connection of {Remote} as '{User}' refused: {Reason}")]
    private static partial void LogRefusedLogin(ILogger logger, string? remote, string? user, string reason);
}
