using System.Text;
using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Bench;

/// <summary>
/// A power cycle: the server was killed (SIGKILL) after its agents had asked; how long from the start of the next process until each has a first token again.
/// </summary>
/// <remarks>
/// What is restored from is made once for each side before its first run and stays as it is: the server is killed again before it could write. EdgeMas writes
/// by itself when nothing has run for two seconds; llama-server is asked to save each slot and afterwards to restore it, all at once. The files, and the model's,
/// are in the system's page cache on both sides.
/// </remarks>
/// <param name="folder">An empty one for these files.</param>
internal sealed class ResumeBench(BenchOptions options, int vocabulary, string folder)
{
    private const int Run = 1;

    private static readonly TimeSpan LongestSave = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    public (IReadOnlyList<BenchMeasure> Measures, IReadOnlyList<BenchContender> Contenders) Resume()
    {
        var ours = Directory.CreateDirectory(Path.Combine(folder, "edgemas")).FullName;
        var contenders = new List<BenchContender>
        {
            Contender("edgemas --state", ours, token => StartEdgeMasAsync(ours, token), SaveOursAsync, Ask),
        };
        if (options.PeerFolder is { } peer)
        {
            string[] arguments = ["-np", $"{options.Agents}", "-c", $"{options.Agents * (options.Context + 256)}"];
            var theirs = Directory.CreateDirectory(Path.Combine(folder, "peer")).FullName;
            contenders.Add(Contender("llama-server, cold", folder: null, token => BenchServer.StartPeerAsync(peer, options.Model, arguments, options.Threads, token), save: null, Ask));
            contenders.Add(Contender(
                "llama-server --slot-save-path",
                theirs,
                token => BenchServer.StartPeerAsync(peer, options.Model, [.. arguments, "--slot-save-path", theirs + Path.DirectorySeparatorChar], options.Threads, token),
                SaveTheirsAsync,
                async (server, agent, token) =>
                {
                    await SlotAsync(server, agent, "restore", token);
                    return await AskAsync(server, agent, agent, token);
                }));
        }
        return (
            [new("process start to all first tokens, s"), new("of that after it serves, s"), new("prompt tokens computed again"), new("on disk, MB")],
            contenders);
    }

    private Task<BenchServer> StartEdgeMasAsync(string state, CancellationToken cancellationToken) =>
        BenchServer.StartEdgeMasAsync(options.Model, options.Context + 64, options.Threads, options.Agents, cancellationToken, ["--state", state, .. options.ServeOptions]);

    /// <param name="folder">Where it keeps its state; null where it has none.</param>
    /// <param name="save">Fills it, and returns when all is on the disk.</param>
    private BenchContender Contender(
        string name, string? folder, Func<CancellationToken, Task<BenchServer>> start, Func<BenchServer, string, CancellationToken, Task>? save,
        Func<BenchServer, int, CancellationToken, Task<CompletionProbe.Times>> resume) =>
        new(name, async (_, cancellationToken) =>
        {
            if (folder is not null && save is not null && !Directory.EnumerateFiles(folder).Any())
            {
                await using var before = await start(cancellationToken);
                await save(before, folder, cancellationToken);
            }
            var bytes = folder is null ? double.NaN : Directory.EnumerateFiles(folder).Sum(file => new FileInfo(file).Length);
            var started = TimeProvider.System.GetTimestamp();
            await using var server = await start(cancellationToken);
            var serves = Seconds(started);
            var asked = await Task.WhenAll(Enumerable.Range(0, options.Agents).Select(async agent =>
            {
                var times = await resume(server, agent, cancellationToken);
                return (times, First: Seconds(started) - times.Whole + times.First);
            }));
            var first = asked.Max(each => each.First);
            var again = asked.Sum(each => options.Shared + options.Own - 1 - each.times.Cached);
            return new BenchSample([first, first - serves, again, bytes / 1e6], [.. asked.Select(each => each.times.Text)]);
        });

    private Task<CompletionProbe.Times> Ask(BenchServer server, int agent, CancellationToken cancellationToken) => AskAsync(server, agent, slot: null, cancellationToken);

    private Task<CompletionProbe.Times> AskAsync(BenchServer server, int agent, int? slot, CancellationToken cancellationToken) =>
        CompletionProbe.AskAsync(server.Http, options.AgentPrompt(Run, agent, vocabulary), options.Output, $"agent{agent}", "interactive", cancellationToken, slot);

    private async Task SaveOursAsync(BenchServer server, string state, CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, options.Agents).Select(agent => AskAsync(server, agent, slot: null, cancellationToken)));
        var waited = TimeProvider.System.GetTimestamp();
        while (Directory.GetFiles(state) is not [{ } file] || !file.EndsWith(".kv", StringComparison.Ordinal)) // beside it lies a partial one while it is written
        {
            if (TimeProvider.System.GetElapsedTime(waited) > LongestSave)
                throw new FailureException($"edgemas serve --state wrote nothing in {LongestSave.TotalMinutes} minutes");
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellationToken);
        }
    }

    private async Task SaveTheirsAsync(BenchServer server, string state, CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, options.Agents).Select(agent => AskAsync(server, agent, agent, cancellationToken)));
        for (var agent = 0; agent < options.Agents; agent++)
            await SlotAsync(server, agent, "save", cancellationToken);
    }

    private static async Task SlotAsync(BenchServer server, int slot, string action, CancellationToken cancellationToken)
    {
        using var response = await server.Http.PostAsync($"slots/{slot}?action={action}", new StringContent($"{{\"filename\":\"agent{slot}.bin\"}}", Encoding.UTF8, "application/json"), cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new FailureException($"llama-server does not {action} slot {slot}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }

    private static double Seconds(long started) => TimeProvider.System.GetElapsedTime(started).TotalSeconds;
}
