using System.Net;
using System.Net.Sockets;
using System.Numerics;
using EdgeMas.Core.Broker;
using EdgeMas.Mqtt.Access;
using EdgeMas.Mqtt.Link;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Mqtt.Mosquitto;

/// <summary>
/// A mosquitto that this process configures, starts, watches and stops. When it dies it is started again, on the same port and with the same credentials;
/// nothing of it is left behind after a stop. Start and stop are its owner's; the rest any thread's.
/// </summary>
public sealed partial class MosquittoBroker : IBroker
{
    /// <summary>A run of this length was a good one: the next restart comes quickly.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(30);

    private readonly MosquittoOptions _options;
    private readonly ILogger _logger;
    private readonly AccessList _access;
    private int _port;
    private MosquittoFiles? _files;
    private CancellationTokenSource? _stop;
    private Task _watching = Task.CompletedTask;
    private volatile MosquittoProcess? _process;
    private long _dropNotices;
    private int _restarts;

    /// <exception cref="ArgumentException">No user, a user twice, or a name or filter that cannot be one.</exception>
    public MosquittoBroker(MosquittoOptions options, ILogger logger)
    {
        if (options.Users.Count == 0)
            throw new ArgumentException("a broker without users lets nobody in: list at least the robot", nameof(options));
        if ((options.CertificateFile is null) != (options.KeyFile is null))
            throw new ArgumentException("TLS needs both a certificate and its key", nameof(options));
        (_options, _logger, _port) = (options, logger, options.Port);
        _access = new AccessList(options.Users);
    }

    /// <param name="program">A name looked for in PATH and the system's program folders, or a path.</param>
    /// <exception cref="MosquittoMissingException">There is no such program.</exception>
    public static string RequireProgram(string program = "mosquitto") => MosquittoProcess.Find(program) ?? throw new MosquittoMissingException(program);

    public BrokerEndpoint Endpoint => EndpointOf(_options.Users[0].Name);

    public bool IsRunning => _process is { Ended.IsCompleted: false };

    /// <summary>Of the running program; null when it does not run.</summary>
    public int? ProcessId => _process is { Ended.IsCompleted: false } running ? running.Id : null;

    /// <summary>How often it died and was started again.</summary>
    public int Restarts => Volatile.Read(ref _restarts);

    /// <summary>How often mosquitto said that it drops messages of a subscriber who is too slow; it says so once per subscriber and fill.</summary>
    public long DropNotices => Interlocked.Read(ref _dropNotices);

    /// <summary>Where and with what a user logs in.</summary>
    /// <exception cref="ArgumentException">No such user.</exception>
    public BrokerEndpoint EndpointOf(string user)
    {
        var known = _access.Of(user).User;
        if (known.Name != user)
            throw new ArgumentException($"the broker has no user '{user}'", nameof(user));
        var host = _options.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : _options.Address;
        return new BrokerEndpoint(host.ToString(), _port, _options.CertificateFile is not null, known.Name, known.Password, _options.CertificateAuthorityFile);
    }

    /// <summary>Returns when it takes connections.</summary>
    /// <exception cref="MosquittoMissingException">The program is not installed.</exception>
    /// <exception cref="BrokerStartException">It ended at once or does not answer; the message has its last words.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_stop is not null)
            return;
        if (_port == 0)
            _port = FindFreePort();
        _files = new MosquittoFiles(_options);
        try
        {
            _files.Write(_options, _port, _access);
            await LaunchAsync(cancellationToken);
        }
        catch
        {
            _files.Dispose();
            throw;
        }
        _stop = new CancellationTokenSource();
        _watching = WatchAsync(_process!, _stop.Token);
        LogStarted(_logger, Endpoint.ToString(), _process!.Id);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_stop is null)
            return;
        await _stop.CancelAsync();
        await _watching;
        if (_process is { } process)
        {
            await process.StopAsync(_options.StopTimeout, _options.Time);
            process.Dispose();
        }
        _process = null;
        _files!.Dispose();
        _stop.Dispose();
        _stop = null;
        LogStopped(_logger, Endpoint.ToString());
    }

    public ValueTask DisposeAsync() => new(StopAsync(CancellationToken.None));

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        var process = await MosquittoProcess.StartAsync(_options.Program, _files!.ConfigurationFile, Hear);
        try
        {
            await WaitUntilReadyAsync(process, cancellationToken);
            _process = process;
        }
        catch
        {
            await process.StopAsync(_options.StopTimeout, _options.Time);
            process.Dispose();
            throw;
        }
    }

    /// <summary>Ready is when it says so and a connection can be opened. A connection alone might be another program's, that holds the port.</summary>
    private async Task WaitUntilReadyAsync(MosquittoProcess process, CancellationToken cancellationToken)
    {
        var address = new IPEndPoint(_options.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : _options.Address, _port);
        try
        {
            var first = await Task.WhenAny(process.Running, process.Ended).WaitAsync(_options.StartTimeout, TimeProvider.System, cancellationToken);
            if (first == process.Ended)
                throw Explain(process, address);
            using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await probe.ConnectAsync(address, cancellationToken).AsTask().WaitAsync(_options.StartTimeout, TimeProvider.System, cancellationToken);
        }
        catch (Exception error) when (error is TimeoutException or SocketException)
        {
            throw new BrokerStartException(
                address.ToString(), $"mosquitto does not answer within {_options.StartTimeout.TotalSeconds:0.#} s", $"Its last words: {process.LastWords}", error);
        }
    }

    private async Task WatchAsync(MosquittoProcess process, CancellationToken stop)
    {
        var backoff = new Backoff(_options.FirstBackoff, _options.LongestBackoff);
        try
        {
            while (true)
            {
                var began = _options.Time.GetTimestamp();
                var code = await process.Ended.WaitAsync(stop);
                LogDied(_logger, code, process.LastWords);
                _process = null;
                process.Dispose();
                if (_options.Time.GetElapsedTime(began) >= Settled)
                    backoff.Reset();
                process = await RestartAsync(backoff, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopped by its owner
        }
    }

    private async Task<MosquittoProcess> RestartAsync(Backoff backoff, CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(backoff.Next(), _options.Time, stop);
            try
            {
                await LaunchAsync(stop);
                Interlocked.Increment(ref _restarts);
                LogRestarted(_logger, Endpoint.ToString(), _process!.Id);
                return _process;
            }
            catch (IOException error)
            {
                LogNotRestarted(_logger, error.Message);
            }
        }
    }

    private void Hear(string line)
    {
        if (line.Contains("being dropped", StringComparison.Ordinal))
        {
            if (Interlocked.Increment(ref _dropNotices) is var count && BitOperations.IsPow2(count))
                LogDrops(_logger, line, count);
            return;
        }
        LogLine(_logger, line);
    }

    private BrokerStartException Explain(MosquittoProcess process, IPEndPoint address)
    {
        var words = process.LastWords;
        return words.Contains("Address already in use", StringComparison.OrdinalIgnoreCase)
            ? new BrokerStartException(address.ToString(), "the port is taken", $"Stop the program that holds it ('ss -ltnp sport = :{_port}' names it), or configure another port (0 takes a free one).")
            : new BrokerStartException(address.ToString(), $"mosquitto ended with code {process.Ended.GetAwaiter().GetResult()}", $"Its last words: {words}");
    }

    private int FindFreePort()
    {
        using var probe = new TcpListener(_options.Address, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    [LoggerMessage(LogLevel.Information, "mosquitto listens at {Endpoint} (process {Process})")]
    private static partial void LogStarted(ILogger logger, string endpoint, int process);

    [LoggerMessage(LogLevel.Information, "mosquitto at {Endpoint} has stopped")]
    private static partial void LogStopped(ILogger logger, string endpoint);

    [LoggerMessage(LogLevel.Error, "mosquitto died with code {Code}; its last words: {Words}")]
    private static partial void LogDied(ILogger logger, int code, string words);

    [LoggerMessage(LogLevel.Warning, "mosquitto listens again at {Endpoint} (process {Process})")]
    private static partial void LogRestarted(ILogger logger, string endpoint, int process);

    [LoggerMessage(LogLevel.Error, "mosquitto could not be started again: {Reason}")]
    private static partial void LogNotRestarted(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "mosquitto: {Line} ({Count} such notices so far)")]
    private static partial void LogDrops(ILogger logger, string line, long count);

    [LoggerMessage(LogLevel.Debug, "mosquitto: {Line}")]
    private static partial void LogLine(ILogger logger, string line);
}
