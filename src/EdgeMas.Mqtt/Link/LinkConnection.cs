using EdgeMas.Core.Bus;
using MQTTnet;
using MQTTnet.Protocol;

namespace EdgeMas.Mqtt.Link;

/// <summary>One connection from login to its end: subscribes, announces presence, sends what the outbox holds with a window of unacknowledged messages. One thread at a time.</summary>
internal sealed class LinkConnection : IDisposable
{
    private readonly MqttLinkOptions _options;
    private readonly LinkFilters _filters;
    private readonly Outbox _outbox;
    private readonly LinkStatus _status;
    private readonly TimeProvider _time;
    private readonly IMqttClient _client;
    private readonly CancellationTokenSource _ended = new();
    private readonly Action _wake;
    private volatile string? _endReason;
    private int _window;
    private long _maxPacketBytes;

    internal LinkConnection(MqttLinkOptions options, LinkFilters filters, Outbox outbox, Reception reception, LinkStatus status, TimeProvider time, ServerLog log)
    {
        (_options, _filters, _outbox, _status, _time) = (options, filters, outbox, status, time);
        _wake = outbox.Wake.Set;
        var adapters = new GuardedAdapterFactory(ClientOptions.MaxPacketBytes(options), length => status.Refuse("?", $"a packet of {length:N0} bytes or more"));
        _client = new MqttClientFactory(log, adapters).CreateMqttClient();
        _client.DisconnectedAsync += EndAsync;
        _client.ApplicationMessageReceivedAsync += received =>
        {
            reception.Take(received.ApplicationMessage);
            return Task.CompletedTask;
        };
    }

    /// <summary>Why the connection ended; null while it stands.</summary>
    internal string? EndReason => _endReason;

    internal bool IsSessionPresent { get; private set; }

    /// <summary>Logs in, subscribes and says that the robot is there.</summary>
    /// <returns>Null, or why not.</returns>
    internal async Task<string?> OpenAsync(bool resume, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.ConnectTimeout, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var will = ClientOptions.MakePresence(_options, online: false, _time);
            var answer = await _client.ConnectAsync(ClientOptions.Make(_options, resume, will), either.Token);
            if (answer.ResultCode != MqttClientConnectResultCode.Success)
                return ConnectProblem.Explain(answer, _options.Endpoint);
            _window = Math.Min(_options.MaxInFlight, answer.ReceiveMaximum is > 0 and var allowed ? allowed : ushort.MaxValue);
            _maxPacketBytes = answer.MaximumPacketSize is > 0 and var most ? most : uint.MaxValue;
            IsSessionPresent = answer.IsSessionPresent;
            await SubscribeAsync(either.Token);
            await AnnounceAsync(online: true, either.Token);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // whatever hinders the connection is the reason, and is told
        catch (Exception error)
#pragma warning restore CA1031
        {
            return _endReason ?? ConnectProblem.Explain(timeout.IsCancellationRequested ? new OperationCanceledException() : error, _options.Endpoint, _options.ConnectTimeout);
        }
    }

    /// <summary>Sends until the connection ends or the token is cancelled. Nothing is in flight afterwards: what is not acknowledged waits again.</summary>
    internal async Task SendAsync(CancellationToken cancellationToken)
    {
        await using var wakeAtStop = cancellationToken.UnsafeRegister(static wake => ((Wake)wake!).Set(), _outbox.Wake);
        try
        {
            while (_endReason is null && !cancellationToken.IsCancellationRequested)
            {
                if (!SettleOldest() && !(_outbox.InFlight < _window && SendNext()) && _endReason is null)
                    await _outbox.Wake.WaitAsync();
            }
        }
        finally
        {
            await EndInFlightAsync();
        }
    }

    /// <summary>Says goodbye, so that the will is not published.</summary>
    internal async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (!_client.IsConnected)
            return;
        try
        {
            await AnnounceAsync(online: false, cancellationToken);
            await _client.DisconnectAsync(new MqttClientDisconnectOptions(), cancellationToken);
        }
#pragma warning disable CA1031 // the connection broke at the last moment: the will says the same
        catch (Exception error)
#pragma warning restore CA1031
        {
            _endReason ??= error.Message;
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
        _client.Dispose();
        _ended.Dispose();
    }

    private async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        if (_filters.Import.Count == 0)
            return;
        var subscriptions = new MqttClientSubscribeOptionsBuilder();
        foreach (var filter in _filters.Import)
            subscriptions.WithTopicFilter(filter, MqttQualityOfServiceLevel.AtLeastOnce, noLocal: true, retainAsPublished: true, MqttRetainHandling.SendAtSubscribe);
        var answer = await _client.SubscribeAsync(subscriptions.Build(), cancellationToken);
        foreach (var item in answer.Items)
        {
            if (item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2)
                _status.RefuseSubscription(item.TopicFilter.Topic, item.ResultCode.ToString());
        }
    }

    private async Task AnnounceAsync(bool online, CancellationToken cancellationToken)
    {
        var outgoing = new Outgoing();
        var presence = new Delivery(_options.Topics.Presence, ClientOptions.MakePresence(_options, online, _time), Qos.AtLeastOnce, Retain: true);
        outgoing.Fill(presence, correlationData: null, sequence: 0, cost: 0);
        var answer = await _client.PublishAsync(WireMessage.Encode(outgoing, _options.LeastQos, _time.GetUtcNow()), cancellationToken);
        if (!answer.IsSuccess)
            _status.GiveUp(_options.Topics.Presence, Explain(answer));
    }

    /// <returns>False when the oldest in flight is still under way, or nothing is in flight.</returns>
    private bool SettleOldest()
    {
        if (!_outbox.TryPeekInFlight(out var oldest) || oldest.Sending is { IsCompleted: false })
            return false;
        if (oldest.Sending is { IsCompletedSuccessfully: false } failed)
        {
            _endReason ??= failed.Exception?.GetBaseException().Message ?? "a publish was broken off";
            return false; // the next connection sends it again
        }
        var answer = oldest.Sending?.GetAwaiter().GetResult();
        if (answer is { IsSuccess: true })
            _status.Send();
        else if (answer is not null)
            _status.GiveUp(oldest.Delivery.Topic, Explain(answer));
        _outbox.Settle(delivered: answer is { IsSuccess: true });
        return true;
    }

    /// <returns>False when nothing waits.</returns>
    private bool SendNext()
    {
        if (!_outbox.TryTake(out var next))
            return false;
        try
        {
            if (TryEncode(next) is not { } wire)
                return true;
            next.Sending = _client.PublishAsync(wire, _ended.Token);
            next.Sending.GetAwaiter().UnsafeOnCompleted(_wake);
        }
#pragma warning disable CA1031 // MQTTnet throws at once when the connection is gone: the message waits for the next one
        catch (Exception error)
#pragma warning restore CA1031
        {
            next.Sending = Task.FromException<MqttClientPublishResult>(error);
        }
        return true;
    }

    /// <returns>Null when it can never be sent; it is settled as dropped then.</returns>
    private MqttApplicationMessage? TryEncode(Outgoing next)
    {
        var now = _time.GetUtcNow();
        if (next.Delivery.Message.Deadline < now)
        {
            _status.GiveUp(next.Delivery.Topic, "its deadline passed while it waited");
            return null;
        }
        try
        {
            var wire = WireMessage.Encode(next, _options.LeastQos, now);
            if (wire.Payload.Length <= _options.MaxOutgoingBytes && SizeOf(wire) <= _maxPacketBytes)
                return wire;
            _status.GiveUp(next.Delivery.Topic, $"{wire.Payload.Length:N0} bytes; at most {Math.Min(_options.MaxOutgoingBytes, _maxPacketBytes):N0} may be sent");
        }
        catch (Exception error) when (error is NotSupportedException or ArgumentException or InvalidOperationException)
        {
            _status.GiveUp(next.Delivery.Topic, error.Message);
        }
        return null;
    }

    private static long SizeOf(MqttApplicationMessage wire) =>
        wire.Payload.Length + 64 + (2L * wire.Topic.Length) + (wire.CorrelationData?.Length ?? 0) + wire.UserProperties.Sum(property => property.Name.Length + property.ValueBuffer.Length + 5);

    private async Task EndInFlightAsync()
    {
        await _ended.CancelAsync();
        while (_outbox.TryPeekInFlight(out var oldest))
        {
            if (oldest.Sending is Task sending)
                await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!SettleOldest())
                break;
        }
        _outbox.PutBack();
    }

    private Task EndAsync(MqttClientDisconnectedEventArgs ended)
    {
        if (!ended.ClientWasConnected)
            return Task.CompletedTask; // the login's own exception says more
        _endReason ??= ended.ReasonString
            ?? (ended.Reason != MqttClientDisconnectReason.NormalDisconnection ? $"the broker ended it: {ended.Reason}" : ended.Exception?.GetBaseException().Message)
            ?? "the connection was closed";
        _wake();
        return Task.CompletedTask;
    }

    private static string Explain(MqttClientPublishResult answer) => $"the broker answers {answer.ReasonCode} {answer.ReasonString}".TrimEnd();
}
