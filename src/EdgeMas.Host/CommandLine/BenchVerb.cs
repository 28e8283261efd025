using System.CommandLine;
using System.Text.Json.Nodes;
using EdgeMas.Host.Bench;
using Spectre.Console;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas bench engine swarm|single|urgent|resident|resume|timeline</c>, <c>edgemas bench grammar|plans</c>, <c>edgemas bench control|estop|kill</c></summary>
internal static class BenchVerb
{
    public static Command Create()
    {
        var verb = Verb.Create("bench", "Measures EdgeMas, and other programs beside it.", "edgemas bench engine swarm --model bench.gguf --peer llama.cpp/build/bin");
        var engine = Verb.Create("engine", "Measures the engine through HTTP, in processes of their own, in turn with llama.cpp's.", "edgemas bench engine single --model bench.gguf");
        var usual = new BenchOptions(Model: "", PeerFolder: null, Runs: 3, Threads: 2, Agents: 8, Shared: 2048, Own: 64, Output: 64);
        engine.Add(CreateOne("swarm", "Agents whose prompts begin alike ask all at once.", usual, (options, vocabulary, _) => new EngineBench(options, vocabulary).Swarm()));
        engine.Add(CreateOne("single", "One stream alone, in this process and through HTTP: a prompt of 512 tokens, then output.", usual, (options, vocabulary, _) => new EngineBench(options, vocabulary).Single()));
        engine.Add(CreateOne("urgent", "Short urgent requests during a long prompt in the background.", usual, (options, vocabulary, _) => new EngineBench(options, vocabulary).Urgent()));
        engine.Add(CreateOne(
            "resident",
            "Agents ask in turn, round after round in random order: prompt tokens computed again, and agents per MB of keys and values.",
            usual with { Agents = 16, Shared = 1536, Own = 192, Output = 1, Rounds = 100 },
            (options, vocabulary, _) => new ResidentBench(options, vocabulary).Resident()));
        engine.Add(CreateOne(
            "resume",
            "A power cycle: from the start of the next process until each agent has a first token again.",
            usual with { Shared = 1984, Output = 1 },
            (options, vocabulary, folder) => new ResumeBench(options, vocabulary, folder).Resume()));
        engine.Add(TimelineBenchVerb.Create());
        verb.Add(engine);
        verb.Add(ControlBenchVerb.CreateControl());
        verb.Add(ControlBenchVerb.CreateEStop());
        verb.Add(ControlBenchVerb.CreateKill());
        verb.Add(ControlBenchVerb.CreateDriver());
        verb.Add(GrammarBenchVerb.Create());
        verb.Add(PlanningBenchVerb.Create());
        return verb;
    }

    private static Command CreateOne(
        string name, string description, BenchOptions usual, Func<BenchOptions, int, string, (IReadOnlyList<BenchMeasure> Measures, IReadOnlyList<BenchContender> Contenders)> choose)
    {
        var model = new Option<string>("--model") { Description = "A GGUF file; 'edgemas models synth' makes one", Required = true };
        var peer = new Option<string?>("--peer") { Description = "Folder with llama-server and llama-bench to measure in the same run" };
        var runs = Count("--runs", usual.Runs, "Runs of each, in turn");
        var threads = Count("--threads", usual.Threads, "CPU threads of each");
        var agents = Count("--agents", usual.Agents, "Agents");
        var shared = Count("--shared", usual.Shared, "Prompt tokens that all agents have in common; the background's prompt has twice as many");
        var own = Count("--own", usual.Own, "Prompt tokens of each agent's own");
        var output = Count("--output", usual.Output, "Output tokens of each agent");
        var rounds = Count("--rounds", usual.Rounds, "Times that each agent asks");
        var speculation = new Option<bool>("--speculation") { Description = "EdgeMas may guess how outputs go on; off by default, for random weights repeat themselves" };
        var json = Verb.JsonOption();
        var verb = Verb.Create(name, description, $"edgemas bench engine {name} --model bench.gguf --peer llama.cpp/build/bin");
        foreach (var option in new Option[] { model, peer, runs, threads, agents, shared, own, output, speculation, json })
            verb.Add(option);
        if (usual.Rounds > 1)
            verb.Add(rounds);
        verb.Do(async (result, cancellationToken) =>
        {
            using var signals = new StopSignals(cancellationToken);
            var path = Path.GetFullPath(result.GetRequiredValue(model));
            var options = new BenchOptions(
                path, result.GetValue(peer), result.GetValue(runs), result.GetValue(threads), result.GetValue(agents), result.GetValue(shared), result.GetValue(own), result.GetValue(output)) { Speculates = result.GetValue(speculation), Rounds = usual.Rounds > 1 ? result.GetValue(rounds) : 1 };
            if (options.PeerFolder is { } folder)
                Peer.Require(folder, "llama-server");
            var vocabulary = await VocabularyAsync(path, signals.Token);
            var scratch = Directory.CreateTempSubdirectory("edgemas-bench-").FullName;
            var (measures, contenders) = choose(options, vocabulary, scratch);
            var comparison = new BenchComparison(name, measures, contenders);
            try
            {
                await comparison.RunAsync(options.Runs, Console.Error.WriteLine, signals.Token);
            }
            finally
            {
                Directory.Delete(scratch, recursive: true);
            }
            if (result.GetValue(json))
            {
                var report = comparison.ToJson();
                report["options"] = System.Text.Json.JsonSerializer.SerializeToNode(options, HostJson.Shared.BenchOptions);
                Console.WriteLine(report.ToJsonString(JsonText.Options));
                return ExitCode.Done;
            }
            AnsiConsole.Write(comparison.ToTable());
            for (var i = 1; i < contenders.Count; i++)
            {
                if (comparison.Equal(i) is { } equal)
                    Console.WriteLine($"outputs equal to those of {contenders[i].Name}: {equal}");
            }
            return ExitCode.Done;
        });
        return verb;
    }

    /// <summary>Loads the model once: what cannot be loaded is told before anything is measured.</summary>
    private static async Task<int> VocabularyAsync(string path, CancellationToken cancellationToken)
    {
        await using var server = await BenchServer.StartEdgeMasAsync(path, contextTokens: 256, threads: 1, agents: 1, cancellationToken);
        var models = JsonNode.Parse(await server.Http.GetStringAsync("v1/models", cancellationToken))!;
        return (int)models["data"]![0]!["vocabulary_size"]!;
    }

    private static Option<int> Count(string name, int usual, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError($"{name} must be at least 1");
        });
        return option;
    }
}
