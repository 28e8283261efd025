using System.Globalization;
using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Bench;

/// <summary>
/// Agents that come back round after round, each round in another random order, one at a time: how much of their prompts is computed again, and in how much
/// memory they stay.
/// </summary>
/// <remarks>
/// Computed again is what the server's own usage does not report as cached, but for the last token of each prompt: its logits are needed, so nobody can save it.
/// The memory is what was allocated for keys and values, by llama.cpp's own log lines on both sides (EdgeMas passes them on in <c>/metrics</c>), and what the
/// peer's RAM cache held at the end. Both sides get as much as all agents need and no more: the peer a context for each, EdgeMas what they share once.
/// </remarks>
internal sealed class ResidentBench(BenchOptions options, int vocabulary)
{
    private const int Spare = 256;
    private const string BytesMetric = "edgemas_engine_memory_bytes ";

    public (IReadOnlyList<BenchMeasure> Measures, IReadOnlyList<BenchContender> Contenders) Resident()
    {
        var memory = Math.Max(options.Context + 1, options.Shared + (options.Agents * (options.Own + options.Output))) + Spare;
        var contenders = new List<BenchContender>
        {
            Contender(
                "edgemas",
                token => BenchServer.StartEdgeMasAsync(options.Model, options.Context + 1, options.Threads, options.Agents, token, ["--memory", $"{memory}", .. options.ServeOptions]),
                async (server, token) => BytesOf(await server.Http.GetStringAsync("metrics", token)),
                pinned: false),
        };
        if (options.PeerFolder is { } peer)
        {
            var cells = (options.Context + 1 + Spare - 1) / Spare * Spare * options.Agents; // llama.cpp rounds each slot's up to that
            string[] arguments = ["-np", $"{options.Agents}", "-c", $"{cells}"];
            foreach (var pinned in new[] { false, true })
            {
                contenders.Add(Contender(
                    $"llama-server {string.Join(' ', arguments)}{(pinned ? ", each agent names its slot" : "")}",
                    token => BenchServer.StartPeerAsync(peer, options.Model, [.. arguments, "-lv", "4"], options.Threads, token),
                    (server, _) => Task.FromResult(PeerMemory.Bytes(server.MemoryLines)),
                    pinned));
            }
        }
        return (
            [new("prompt tokens computed again"), new("keys and values, MB"), new("agents per MB", MoreIsBetter: true), new("a later round, median s")],
            contenders);
    }

    private BenchContender Contender(string name, Func<CancellationToken, Task<BenchServer>> start, Func<BenchServer, CancellationToken, Task<double>> bytesOf, bool pinned) =>
        new(name, async (run, cancellationToken) =>
        {
            await using var server = await start(cancellationToken);
            int[][] prompts = [.. Enumerable.Range(0, options.Agents).Select(agent => options.AgentPrompt(run, agent, vocabulary))];
            int[] order = [.. Enumerable.Range(0, options.Agents)];
            var random = new Random(run);
            var texts = new string[options.Agents];
            var rounds = new List<double>();
            var again = 0L;
            for (var round = 1; round <= options.Rounds; round++)
            {
                random.Shuffle(order);
                var seconds = 0.0;
                foreach (var agent in order)
                {
                    var times = await CompletionProbe.AskAsync(server.Http, prompts[agent], options.Output, $"agent{agent}", "interactive", cancellationToken, pinned ? agent : null);
                    texts[agent] = times.Text;
                    seconds += times.Whole;
                    again += round == 1 ? 0 : prompts[agent].Length - 1 - times.Cached;
                }
                if (round > 1)
                    rounds.Add(seconds);
            }
            var bytes = await bytesOf(server, cancellationToken);
            rounds.Sort();
            return new BenchSample([again, bytes / 1e6, options.Agents / (bytes / 1e6), rounds.Count == 0 ? double.NaN : rounds[rounds.Count / 2]], texts);
        });

    private static double BytesOf(string metrics) =>
        metrics.Split('\n').FirstOrDefault(line => line.StartsWith(BytesMetric, StringComparison.Ordinal)) is { } line
            ? double.Parse(line[BytesMetric.Length..], CultureInfo.InvariantCulture)
            : throw new FailureException($"/metrics has no {BytesMetric.Trim()}");
}
