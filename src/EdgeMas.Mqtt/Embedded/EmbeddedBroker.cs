using System.Net;
using EdgeMas.Core.Broker;
using EdgeMas.Mqtt.Access;
using Microsoft.Extensions.Logging;
using MQTTnet.Server;

namespace EdgeMas.Mqtt.Embedded;

/// <summary>
/// An MQTT 5 broker inside this process (MQTTnet.Server): loopback, generated credentials, an access list, bounds on everything. Retained messages and
/// sessions outlive a stop and a start, though not the process; port and credentials stay the same. Start and stop are its owner's; the rest any thread's.
/// </summary>
public sealed partial class EmbeddedBroker : IBroker
{
    private readonly EmbeddedBrokerOptions _options;
    private readonly ILogger _logger;
    private readonly AccessList _access;
    private readonly EmbeddedBrokerTally _tally;
    private readonly ListeningPoint _listening;
    private readonly BrokerGate _gate;
    private readonly MqttServer _server;

    /// <exception cref="ArgumentException">No user, a user twice, or a name or filter that cannot be one.</exception>
    public EmbeddedBroker(EmbeddedBrokerOptions options, ILogger logger)
    {
        if (options.Users.Count == 0)
            throw new ArgumentException("a broker without users lets nobody in: list at least the robot", nameof(options));
        _options = options;
        _logger = logger;
        _access = new AccessList(options.Users);
        _tally = new EmbeddedBrokerTally(logger);
        _listening = new ListeningPoint(options, _tally, logger);
        var serverOptions = new MqttServerOptionsBuilder()
            .WithoutDefaultEndpoint()
            .WithPersistentSessions(true)
            .WithMaxPendingMessagesPerClient(options.MaxPendingPerClient)
            .WithPendingMessagesOverflowStrategy(MqttPendingMessagesOverflowStrategy.DropNewMessage)
            .WithDefaultCommunicationTimeout(options.LoginTimeout)
            .Build();
        _server = new MqttServerFactory().CreateMqttServer(serverOptions, [_listening], new ServerLog(logger));
        _gate = new BrokerGate(_server, options, _access, _tally, logger);
        _ = new SlowSubscribers(_server, options, _tally, logger); // lives by its subscriptions to the server's events
    }

    public BrokerEndpoint Endpoint => EndpointOf(_options.Users[0].Name);

    public bool IsRunning { get; private set; }

    /// <summary>Nothing is lost without being counted here.</summary>
    public EmbeddedBrokerCounters Counters => _tally.Snapshot(_listening.Connections);

    /// <summary>Where and with what a user logs in.</summary>
    /// <exception cref="ArgumentException">No such user.</exception>
    public BrokerEndpoint EndpointOf(string user)
    {
        var known = _access.Of(user).User;
        if (known.Name != user)
            throw new ArgumentException($"the broker has no user '{user}'", nameof(user));
        var host = _options.Address.Equals(IPAddress.Any) || _options.Address.Equals(IPAddress.IPv6Any) ? IPAddress.Loopback : _options.Address;
        return new BrokerEndpoint(host.ToString(), _listening.Port, _options.Certificate is not null, known.Name, known.Password, _options.CertificateAuthorityFile);
    }

    /// <exception cref="BrokerStartException">The address cannot be listened on; the message says how to mend it.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (IsRunning)
            return;
        _gate.Open();
        try
        {
            await _server.StartAsync();
        }
        catch
        {
            await _server.StopAsync(new MqttServerStopOptions());
            throw;
        }
        IsRunning = true;
        LogStarted(_logger, Endpoint.ToString());
    }

    /// <summary>Takes no more messages, lets those already acknowledged reach their subscribers within <see cref="EmbeddedBrokerOptions.DrainTimeout"/>, and closes.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!IsRunning)
            return;
        IsRunning = false;
        await _gate.CloseAsync(cancellationToken);
        await _server.StopAsync(new MqttServerStopOptions
        {
            DefaultClientDisconnectOptions = new MqttServerClientDisconnectOptions { ReasonCode = MQTTnet.Protocol.MqttDisconnectReasonCode.ServerShuttingDown },
        });
        LogStopped(_logger, Endpoint.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _gate.Dispose();
        _server.Dispose();
    }

    [LoggerMessage(LogLevel.Information, "Embedded broker listens at {Endpoint}")]
    private static partial void LogStarted(ILogger logger, string endpoint);

    [LoggerMessage(LogLevel.Information, "Embedded broker at {Endpoint} has stopped")]
    private static partial void LogStopped(ILogger logger, string endpoint);
}
