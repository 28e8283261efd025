using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeMas.Host.Tests.Shelf;

/// <summary>An HTTP server on a free port that answers every request with one file, or not quite.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    /// <param name="announced">Bytes that it says will come.</param>
    /// <param name="goesSilent">Keeps the connection after the last byte; otherwise closes it.</param>
    internal FileServer(byte[] sent, long? announced = null, bool goesSilent = false, string status = "200 OK")
    {
        _listener.Start();
        _serving = ServeAsync(sent, announced ?? sent.Length, goesSilent, status);
    }

    internal Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}/model.gguf");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(byte[] sent, long announced, bool goesSilent, string status)
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            await using var stream = client.GetStream();
            var request = new StreamReader(stream);
            while (await request.ReadLineAsync(_stop.Token) is { Length: > 0 })
            {
                // up to the empty line that ends the request
            }
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {announced}\r\nConnection: close\r\n\r\n"), _stop.Token);
            await stream.WriteAsync(sent, _stop.Token);
            await stream.FlushAsync(_stop.Token);
            if (goesSilent)
                await Task.Delay(Timeout.Infinite, _stop.Token);
        }
    }
}
