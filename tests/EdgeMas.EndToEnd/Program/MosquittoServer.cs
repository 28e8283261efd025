using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EdgeMas.Core.Broker;
using EdgeMas.Testing;

namespace EdgeMas.EndToEnd.Program;

/// <summary>A mosquitto that belongs to somebody else than the robot: it can be stopped and started, on the same port and with what it kept.</summary>
internal sealed class MosquittoServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgemas-e2e-broker-").FullName;
    private Process? _process;

    internal MosquittoServer()
    {
        SharedFiles.RequireFile("/usr/sbin/mosquitto", "mosquitto");
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Endpoint = new BrokerEndpoint("127.0.0.1", ((IPEndPoint)probe.LocalEndpoint).Port);
        File.WriteAllText(
            Path.Combine(_folder, "mosquitto.conf"),
            $"listener {Endpoint.Port} 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location {_folder}/\nmax_queued_messages 0\nuser {Environment.UserName}\n");
    }

    internal BrokerEndpoint Endpoint { get; }

    internal async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo("/usr/sbin/mosquitto", ["-c", Path.Combine(_folder, "mosquitto.conf")]) { RedirectStandardError = true })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        await Until.TrueAsync(Answers);

        bool Answers()
        {
            using var socket = new TcpClient();
            try
            {
                socket.Connect(IPAddress.Loopback, Endpoint.Port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }

    /// <summary>Ends it in order: it writes down what it keeps for absent clients.</summary>
    internal async Task StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]))
            await kill.WaitForExitAsync(Until.Deadline());
        await _process.WaitForExitAsync(Until.Deadline());
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
