using EdgeMas.Core.Models;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Session;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Host.Bench;

/// <summary>The engine's benchmarks: what is asked, and whom.</summary>
internal sealed class EngineBench(BenchOptions options, int vocabulary)
{
    private const int UrgentTokens = 32;
    private const int SinglePrompt = 512;

    /// <summary>From one urgent request to the next.</summary>
    private const int ShortestPauseMs = 2000;
    private const int LongestPauseMs = 6000;

    /// <summary>All agents ask at once; their prompts begin alike.</summary>
    public (IReadOnlyList<BenchMeasure> Measures, IReadOnlyList<BenchContender> Contenders) Swarm()
    {
        return (
            [new("all first tokens, s"), new("whole burst, s"), new("output together, tok/s", MoreIsBetter: true)],
            Servers(options.Context, SwarmAsync, ["--kv-unified"], ["-no-kvu"]));
    }

    /// <summary>One stream, alone: the engine itself, as llama-bench measures its own, and through HTTP.</summary>
    public (IReadOnlyList<BenchMeasure> Measures, IReadOnlyList<BenchContender> Contenders) Single()
    {
        var contenders = new List<BenchContender> { new("edgemas in process", SingleInProcessAsync), Server("edgemas serve", Start(SinglePrompt + options.Output), SingleAsync) };
        if (options.PeerFolder is { } peer)
        {
            contenders.Add(new BenchContender("llama-bench", async (_, cancellationToken) =>
            {
                var (prompt, output, after) = await Peer.BenchAsync(peer, options.Model, SinglePrompt, options.Output, options.Threads, cancellationToken);
                return new BenchSample([prompt, after, output], []);
            }));
        }
        return (
            [
                new("prompt, tok/s", MoreIsBetter: true), new("output after the prompt, tok/s", MoreIsBetter: true),
                new("output into an empty context, tok/s", MoreIsBetter: true),
            ],
            contenders);
    }

    /// <summary>Short urgent requests while a long prompt is computed in the background.</summary>
    public (IReadOnlyList<BenchMeasure> Measures, IReadOnlyList<BenchContender> Contenders) Urgent() => (
        [new("urgent first token, p99 s"), new("urgent first token, median s"), new("background alone, s"), new("background beside them, s")],
        Servers(options.Background + 1, UrgentAsync, [], ["-b", "64", "-ub", "64"]));

    private async Task<BenchSample> SwarmAsync(HttpClient http, int run, CancellationToken cancellationToken)
    {
        var asked = Enumerable.Range(0, options.Agents).Select(agent =>
            CompletionProbe.AskAsync(http, options.AgentPrompt(run, agent, vocabulary), options.Output, $"agent{agent}", "interactive", cancellationToken));
        var times = await Task.WhenAll(asked);
        var first = times.Max(time => time.First);
        var whole = times.Max(time => time.Whole);
        var together = times.Sum(time => time.Pieces.Count(piece => piece > first)) / (whole - first);
        return new BenchSample([first, whole, together], [.. times.Select(time => time.Text)]);
    }

    private async Task<BenchSample> SingleAsync(HttpClient http, int run, CancellationToken cancellationToken)
    {
        var speeds = new List<(double Prompt, double Output)>();
        foreach (var (seed, tokens) in SinglePrompts(run))
        {
            var times = await CompletionProbe.AskAsync(http, BenchOptions.Prompt(seed, tokens, vocabulary), options.Output, "single", "interactive", cancellationToken);
            speeds.Add((tokens / times.First, (times.Tokens - 1) / (times.Whole - times.First)));
        }
        return new BenchSample([speeds[1].Prompt, speeds[1].Output, speeds[2].Output], []);
    }

    private async Task<BenchSample> SingleInProcessAsync(int run, CancellationToken cancellationToken)
    {
        var wanted = new ModelConfiguration(options.Model, null, options.Threads, GpuLayers: 0, SinglePrompt + options.Output + 64) { Agents = options.Agents, Speculates = options.Speculates };
        var (model, _) = await ModelLoading.LoadAsync(wanted, NullLogger.Instance, cancellationToken);
        await using var held = model;
        var speeds = new List<(double Prompt, double Output)>();
        foreach (var (seed, tokens) in SinglePrompts(run))
        {
            var request = new GenerationRequest { Agent = "single", PromptTokens = BenchOptions.Prompt(seed, tokens, vocabulary), MaxTokens = options.Output };
            var result = await model.GenerateAsync(request, onText: null, cancellationToken);
            speeds.Add((tokens / result.PromptSeconds, (result.GeneratedTokens - 1) / result.GenerationSeconds));
        }
        return new BenchSample([speeds[1].Prompt, speeds[1].Output, speeds[2].Output], []);
    }

    /// <summary>One to warm up, as llama-bench does; the one that is measured; and one token, so that the output begins in an empty context.</summary>
    private static IEnumerable<(int Seed, int Tokens)> SinglePrompts(int run) => [(run + 7000, SinglePrompt), (run, SinglePrompt), (run + 8000, 1)];

    private async Task<BenchSample> UrgentAsync(HttpClient http, int run, CancellationToken cancellationToken)
    {
        var alone = await CompletionProbe.AskAsync(http, BenchOptions.Prompt(run, options.Background, vocabulary), 1, "background", "background", cancellationToken);
        var beside = CompletionProbe.AskAsync(http, BenchOptions.Prompt(run + 5000, options.Background, vocabulary), 1, "background", "background", cancellationToken);
        var waits = new List<double>();
        var chance = new Random(run);
        for (var i = 0; ; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(ShortestPauseMs, LongestPauseMs)), TimeProvider.System, cancellationToken);
            if (beside.IsCompleted)
                break;
            var prompt = BenchOptions.Prompt((run * 1000) + i + 9000, UrgentTokens, vocabulary);
            waits.Add((await CompletionProbe.AskAsync(http, prompt, 1, "urgent", "safety", cancellationToken)).First);
        }
        waits.Sort();
        var most = waits.Count == 0 ? double.NaN : waits[(int)Math.Ceiling(waits.Count * 0.99) - 1];
        return new BenchSample([most, waits.Count == 0 ? double.NaN : waits[waits.Count / 2], alone.Whole, (await beside).Whole], []);
    }

    /// <summary>EdgeMas, and the peer in its variants with room for all agents.</summary>
    private List<BenchContender> Servers(int contextTokens, Func<HttpClient, int, CancellationToken, Task<BenchSample>> measure, params string[][] variants)
    {
        var contenders = new List<BenchContender> { Server("edgemas", Start(contextTokens), measure) };
        if (options.PeerFolder is not { } peer)
            return contenders;
        var cells = options.Agents * (contextTokens + 256);
        foreach (var variant in variants)
        {
            string[] arguments = ["-np", $"{options.Agents}", "-c", $"{cells}", .. variant];
            contenders.Add(Server($"llama-server {string.Join(' ', arguments)}", token => BenchServer.StartPeerAsync(peer, options.Model, arguments, options.Threads, token), measure));
        }
        return contenders;
    }

    private Func<CancellationToken, Task<BenchServer>> Start(int contextTokens) =>
        token => BenchServer.StartEdgeMasAsync(options.Model, contextTokens + 64, options.Threads, options.Agents, token, options.ServeOptions);

    /// <summary>Each run begins with a server that has seen nothing.</summary>
    private static BenchContender Server(string name, Func<CancellationToken, Task<BenchServer>> start, Func<HttpClient, int, CancellationToken, Task<BenchSample>> measure) =>
        new(name, async (run, cancellationToken) =>
        {
            await using var server = await start(cancellationToken);
            return await measure(server.Http, run, cancellationToken);
        });
}
