using EdgeMas.Core.Broker;
using EdgeMas.Core.Bus;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Mqtt.Link;

/// <summary>
/// Joins the bus to a broker over MQTT 5. Exported messages go out in order, at least once when published so; imported ones come in marked as
/// <see cref="Core.Messages.Taint.Network"/> and never go out again. The robot's presence is announced, and withdrawn by a last will when the connection
/// breaks. A publisher on the bus never waits for the broker. Any thread.
/// </summary>
/// <remarks>
/// A request from outside with a response topic and correlation data gets the source <see cref="ReplySource"/>: agents answer it like one of their own, and
/// the answer goes to that topic.
/// </remarks>
public sealed class MqttLink : IBrokerLink
{
    /// <summary>The name under which the link's inbox receives answers.</summary>
    public const string AgentName = "mqtt";

    /// <summary>The source of requests from outside that expect an answer.</summary>
    public const string ReplySource = $"/agents/{AgentName}";

    /// <summary>A connection that stood this long was a good one: the next attempt comes quickly.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    private readonly MqttLinkOptions _options;
    private readonly IBus _bus;
    private readonly TimeProvider _time;
    private readonly LinkFilters _filters;
    private readonly Outbox _outbox;
    private readonly LinkStatus _status;
    private readonly Reception _reception;
    private readonly OpenReplies _replies;
    private readonly Backoff _backoff;
    private readonly ServerLog _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IDisposable> _subscriptions = [];
    private readonly Lock _starting = new();
    private Task _running = Task.CompletedTask;
    private bool _isStarted;
    private bool _isDisposed;

    /// <exception cref="FormatException">A filter is malformed.</exception>
    /// <exception cref="ArgumentException">An import lies outside the robot's root, or the client id is too long.</exception>
    public MqttLink(MqttLinkOptions options, IBus bus, TimeProvider time, ILogger logger)
    {
        if (options.ClientId.Length is < 1 or > 128)
            throw new ArgumentException($"client id of {options.ClientId.Length} characters: 1 to 128 are allowed", nameof(options));
        (_options, _bus, _time) = (options, bus, time);
        _filters = new LinkFilters(options);
        _outbox = new Outbox(options.QueueCapacity, options.QueueBytes, options.Overflow);
        _status = new LinkStatus(options.Endpoint.ToString(), logger);
        _replies = new OpenReplies(options.MaxOpenReplies, options.ReplyExpiry, time);
        _reception = new Reception(options, _filters, _replies, _status, bus, time);
        _backoff = new Backoff(options.FirstBackoff, options.LongestBackoff, options.Seed);
        _log = new ServerLog(logger);
    }

    public string Endpoint => _options.Endpoint.ToString();

    public bool IsConnected => _status.IsConnected;

    /// <summary>What went wrong last, with what to do about it; null since the last good connection.</summary>
    public string? LastError => _status.LastError;

    public BrokerLinkCounters Counters => new(_status.Sent, _status.Received, _outbox.Count, _outbox.Dropped, _status.Refused, _status.Reconnects);

    /// <inheritdoc/>
    /// <remarks>From here on exported messages are queued, connected or not.</remarks>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_starting)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_isStarted)
            {
                _isStarted = true;
                Subscribe();
                _running = RunAsync(_stop.Token);
            }
        }
        await _connected.Task.WaitAsync(Timeout.InfiniteTimeSpan, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task FlushAsync(CancellationToken cancellationToken) => _outbox.FlushAsync().WaitAsync(Timeout.InfiniteTimeSpan, _time, cancellationToken);

    /// <summary>Takes nothing more from the bus, sends what is queued within <see cref="MqttLinkOptions.CloseTimeout"/> when connected, and says goodbye.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_starting)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
        }
        foreach (var subscription in _subscriptions)
            subscription.Dispose();
        if (IsConnected)
            await _outbox.FlushAsync().WaitAsync(_options.CloseTimeout, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private void Subscribe()
    {
        var exports = new ExportSink(_outbox);
        foreach (var filter in _filters.Export)
            _subscriptions.Add(_bus.Subscribe(filter, exports));
        _subscriptions.Add(_bus.Subscribe(_options.Topics.Inbox(AgentName), new ReplySink(_outbox, _replies)));
    }

    private async Task RunAsync(CancellationToken stop)
    {
        await Task.Yield();
        var connections = 0;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                using (var connection = new LinkConnection(_options, _filters, _outbox, _reception, _status, _time, _log))
                {
                    if (await connection.OpenAsync(resume: connections > 0, stop) is { } reason)
                        _status.Fail(reason);
                    else
                        await UseAsync(connection, again: connections++ > 0, stop);
                }
                if (!stop.IsCancellationRequested)
                    await Task.Delay(_backoff.Next(), _time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // disposed while it tried to connect
        }
    }

    private async Task UseAsync(LinkConnection connection, bool again, CancellationToken stop)
    {
        var began = _time.GetTimestamp();
        if (again && !connection.IsSessionPresent)
            SendRetainedAgain();
        _status.Connect(again);
        _outbox.IsOnline = true;
        _connected.TrySetResult();
        await connection.SendAsync(stop);
        _outbox.IsOnline = false;
        if (_time.GetElapsedTime(began) >= Settled)
            _backoff.Reset();
        if (stop.IsCancellationRequested)
        {
            using var timeout = new CancellationTokenSource(_options.CloseTimeout, TimeProvider.System);
            await connection.CloseAsync(timeout.Token);
            _status.Close();
        }
        else
        {
            _status.Fail(connection.EndReason ?? "the connection was closed");
        }
    }

    /// <summary>The broker has forgotten the session, so it may have forgotten what it kept: the bus still knows.</summary>
    private void SendRetainedAgain()
    {
        var states = new RetainedSink(_outbox);
        foreach (var filter in _filters.Export)
            _bus.Subscribe(filter, states).Dispose();
    }
}
