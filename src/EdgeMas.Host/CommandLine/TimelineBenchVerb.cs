using System.CommandLine;
using System.Text.Json;
using EdgeMas.Host.Bench;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Session;
using EdgeMas.Inference;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas bench engine timeline --model FILE --out FILE.svg</c></summary>
internal static class TimelineBenchVerb
{
    private const int ShortestPrompt = 32;

    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "A card of models/manifest.yaml, or a GGUF file", Required = true };
        var path = new Option<string?>("--out") { Description = "The SVG file to write" };
        var threads = new Option<int>("--threads") { Description = "CPU threads", DefaultValueFactory = _ => 2 };
        var shared = new Option<int>("--shared") { Description = "Prompt tokens that the agents have in common", DefaultValueFactory = _ => 384 };
        var json = Verb.JsonOption();
        var verb = Verb.Create(
            "timeline",
            "Draws each batch of a run in this process: agents that share a beginning, a long prompt in the background, an urgent request that interrupts it, an agent that comes back.",
            "edgemas bench engine timeline --model bench.gguf --out timeline.svg");
        foreach (var option in new Option[] { model, path, threads, shared, json })
            verb.Add(option);
        threads.Validators.Add(given => Verb.Bound(given, 1, 256));
        shared.Validators.Add(given => Verb.Bound(given, ShortestPrompt, 8192));
        verb.Do(async (result, cancellationToken) =>
        {
            using var signals = new StopSignals(cancellationToken);
            if (result.GetValue(path) is null && !result.GetValue(json))
                throw new UsageException("edgemas: nothing to write to: give --out FILE.svg, or --json");
            var tokens = result.GetValue(shared);
            var wanted = new ModelConfiguration(result.GetRequiredValue(model), null, result.GetValue(threads), 0, TimelineBench.ContextFor(tokens));
            var (loaded, _) = await ModelLoading.LoadAsync(wanted, NullLogger.Instance, signals.Token);
            await using var held = loaded;
            var timeline = await new TimelineBench((LlamaModel)loaded, tokens).RunAsync(signals.Token);
            if (result.GetValue(path) is { } file)
                await File.WriteAllTextAsync(file, TimelinePicture.Draw(timeline), signals.Token);
            Console.WriteLine(result.GetValue(json)
                ? JsonSerializer.Serialize(timeline, HostJson.Shared.EngineTimeline)
                : $"{timeline.Batches.Count} batches, {timeline.Batches.Count(batch => batch.IsShared)} of several agents, {timeline.Batches.Count(batch => batch.Aborted)} given up; drawn in {result.GetValue(path)}");
            return ExitCode.Done;
        });
        return verb;
    }
}
