using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using EdgeMas.Mqtt.Framing;
using Microsoft.Extensions.Logging;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;
using MQTTnet.Server;

namespace EdgeMas.Mqtt.Embedded;

/// <summary>
/// Takes connections for the MQTT server: one address, a bounded number of them, TLS when there is a certificate, every packet's size checked before it is
/// read. MQTTnet's own listener has none of these bounds.
/// </summary>
internal sealed partial class ListeningPoint(EmbeddedBrokerOptions options, EmbeddedBrokerTally tally, ILogger logger) : IMqttServerAdapter
{
    private readonly ConcurrentDictionary<Socket, Task> _connections = new();
    private CancellationTokenSource? _stop;
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;

    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    /// <summary>The one taken at the first start, when none was configured.</summary>
    internal int Port { get; private set; } = options.Port;

    internal int Connections => _connections.Count;

    /// <exception cref="BrokerStartException">The address is taken, forbidden, or not this machine's.</exception>
    public Task StartAsync(MqttServerOptions serverOptions, IMqttNetLogger serverLogger)
    {
        var listener = new TcpListener(options.Address, Port);
        try
        {
            listener.Start();
        }
        catch (SocketException error)
        {
            listener.Dispose();
            throw Explain(error);
        }
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _listener = listener;
        _stop = new CancellationTokenSource();
        _accepting = AcceptAsync(listener, serverOptions, serverLogger, _stop.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        if (_stop is null)
            return;
        await _stop.CancelAsync();
        _listener!.Dispose();
        await _accepting;
        foreach (var socket in _connections.Keys)
            socket.Dispose();
        await Task.WhenAll(_connections.Values);
        _stop.Dispose();
        _stop = null;
    }

    public void Dispose()
    {
        _stop?.Cancel();
        _listener?.Dispose();
        _stop?.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener, MqttServerOptions serverOptions, IMqttNetLogger serverLogger, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptSocketAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return; // the listener was disposed under the call
            }
            catch (SocketException error)
            {
                LogAcceptFailed(logger, error); // the client was gone already, or the process has too many files open
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
                continue;
            }
            if (_connections.Count >= options.MaxConnections)
            {
                tally.RefuseConnection();
                LogTooMany(logger, socket.RemoteEndPoint, options.MaxConnections);
                socket.Dispose();
                continue;
            }
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _connections[socket] = ServeAsync(begun.Task, socket, serverOptions, serverLogger, stop);
            begun.SetResult();
        }
    }

    private async Task ServeAsync(Task begun, Socket socket, MqttServerOptions serverOptions, IMqttNetLogger serverLogger, CancellationToken stop)
    {
        await begun;
        try
        {
            socket.NoDelay = true;
            await using var stream = await OpenAsync(socket, stop);
            using var channel = new PacketSizeGuard(
                new MqttTcpChannel(stream, socket.LocalEndPoint, socket.RemoteEndPoint, clientCertificate: null),
                options.MaxPacketBytes,
                length => tally.RefusePacket($"a packet of {length:N0} bytes or more", socket.RemoteEndPoint?.ToString()));
            var formatter = new MqttPacketFormatterAdapter(new MqttBufferWriter(serverOptions.WriterBufferSize, serverOptions.WriterBufferSizeMax));
            using var adapter = new MqttChannelAdapter(channel, formatter, serverLogger);
            if (ClientHandler is { } handler)
                await handler(new NamedConnection(adapter));
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            LogConnectionEnded(logger, error.Message); // the other side left, or speaks no TLS
        }
        finally
        {
            _connections.TryRemove(socket, out _);
            socket.Dispose();
        }
    }

    private async Task<Stream> OpenAsync(Socket socket, CancellationToken stop)
    {
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (options.Certificate is null)
            return plain;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(options.LoginTimeout);
        var secure = new SslStream(plain);
        try
        {
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = options.Certificate }, timeout.Token);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    private BrokerStartException Explain(SocketException error)
    {
        var address = new IPEndPoint(options.Address, Port).ToString();
        return error.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => new(address, "the port is taken", $"Stop the program that holds it ('ss -ltnp sport = :{Port}' names it), or configure another port (0 takes a free one).", error),
            SocketError.AccessDenied => new(address, "this user may not open the port", "Choose a port above 1023.", error),
            SocketError.AddressNotAvailable => new(address, "this machine does not have the address", "'ip address' lists those that it has; 127.0.0.1 is always there.", error),
            _ => new(address, error.Message, "Check the address and the port.", error),
        };
    }

    [LoggerMessage(LogLevel.Warning, "A connection could not be taken")]
    private static partial void LogAcceptFailed(ILogger logger, Exception error);

    [LoggerMessage(LogLevel.Warning, "Connection from {Remote} refused: {Limit} are open already")]
    private static partial void LogTooMany(ILogger logger, EndPoint? remote, int limit);

    [LoggerMessage(LogLevel.Debug, "Connection ended: {Reason}")]
    private static partial void LogConnectionEnded(ILogger logger, string reason);
}
