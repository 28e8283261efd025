using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Bench;

/// <summary>A server in a process of its own, EdgeMas or the peer, from its start to its end.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    private readonly Process _process;
    private readonly Queue<string> _lines;
    private readonly List<string> _memoryLines;
    private volatile bool _isServing;

    private BenchServer(Process process, Uri url, Queue<string> lines, List<string> memoryLines)
    {
        _process = process;
        _lines = lines;
        _memoryLines = memoryLines;
        Http = new HttpClient(new Autopsy(this)) { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
    }

    public HttpClient Http { get; }

    /// <summary>What it has written so far about the memory for keys and values. llama-server does with <c>-lv 4</c>.</summary>
    public IReadOnlyList<string> MemoryLines
    {
        get
        {
            lock (_lines)
                return [.. _memoryLines];
        }
    }

    public static Task<BenchServer> StartEdgeMasAsync(string model, int contextTokens, int threads, int agents, CancellationToken cancellationToken, params string[] more)
    {
        var program = Environment.ProcessPath ?? throw new FailureException("this process does not know its own program");
        return StartAsync(program, port => ["serve", "--model", model, "--port", port, "--context", $"{contextTokens}", "--threads", $"{threads}", "--agents", $"{agents}", .. more], cancellationToken);
    }

    /// <param name="folder">With <c>llama-server</c> in it.</param>
    public static Task<BenchServer> StartPeerAsync(string folder, string model, IEnumerable<string> options, int threads, CancellationToken cancellationToken) =>
        StartAsync(Peer.Require(folder, "llama-server"), port => ["-m", model, "--host", "127.0.0.1", "--port", port, "-t", $"{threads}", .. options], cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static async Task<BenchServer> StartAsync(string program, Func<string, IEnumerable<string>> arguments, CancellationToken cancellationToken)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(program, arguments($"{port}")) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start) ?? throw new FailureException($"{program} does not start");
        var lines = new Queue<string>();
        var memoryLines = new List<string>();
        process.OutputDataReceived += (_, line) => Keep(lines, memoryLines, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(lines, memoryLines, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new BenchServer(process, new Uri($"http://127.0.0.1:{port}/"), lines, memoryLines);
        try
        {
            await server.WaitForHealthAsync(cancellationToken);
            server._isServing = true;
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task WaitForHealthAsync(CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < LongestStart)
        {
            if (_process.HasExited)
                throw Failure($"ended with {_process.ExitCode} before it served");
            if (await IsHealthyAsync(cancellationToken))
                return;
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellationToken);
        }
        throw Failure($"did not serve within {LongestStart.TotalMinutes} minutes");
    }

    private async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Http.GetAsync("health", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // not listening yet
        }
    }

    private FailureException Failure(string what)
    {
        lock (_lines)
            return new FailureException($"{Path.GetFileName(_process.StartInfo.FileName)} {what}: {string.Join(" | ", _lines)}");
    }

    private static void Keep(Queue<string> lines, List<string> memoryLines, string? line)
    {
        const int Kept = 8;
        const int KeptOfMemory = 10_000;
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (lines)
        {
            if (PeerMemory.IsAbout(line) && memoryLines.Count < KeptOfMemory)
                memoryLines.Add(line);
            lines.Enqueue(line);
            if (lines.Count > Kept)
                lines.Dequeue();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A connection for each request: llama-server closes those that lie idle or had a hundred, while the next request may be on its way. When a request breaks off because the server has died, its last words say more than the socket's.</summary>
    private sealed class Autopsy(BenchServer server) : DelegatingHandler(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero })
    {
        private const int ToDieMs = 2_000;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException) when (server._isServing && server._process.WaitForExit(ToDieMs))
            {
                throw server.Failure($"ended with {server._process.ExitCode} while it served");
            }
        }
    }
}
