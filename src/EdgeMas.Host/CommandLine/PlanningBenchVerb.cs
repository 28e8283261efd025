using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeMas.Core;
using EdgeMas.Core.Skills;
using EdgeMas.Host.Bench;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Session;
using EdgeMas.Host.Tools;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas bench plans</c></summary>
internal static class PlanningBenchVerb
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "A card of models/manifest.yaml, or a GGUF file", DefaultValueFactory = _ => "planner" };
        var style = new Option<string?>("--prompt-style") { Description = "planner-chatml, planner-gemma or chat" };
        style.AcceptOnlyFromAmong(Shelf.ModelManifest.StyleNames);
        var batch = new Option<string>("--batch") { Description = "JSON lines with user, tools, places, as 'edgemas plan --batch' reads them", Required = true };
        var passes = new Option<int>("--passes") { Description = "Times that each order is planned in each way; the median counts", DefaultValueFactory = _ => 5 };
        passes.Validators.Add(result => Verb.Bound(result, 1, 100));
        var threads = new Option<int?>("--threads") { Description = "CPU threads of the model" };
        var json = Verb.JsonOption();
        var verb = Verb.Create(
            "plans",
            "Measures orders planned a second on one stream: written freely, held by the grammars with forced tokens, and held by llama.cpp's grammar sampler, in turn.",
            "edgemas bench plans --batch tests/EdgeMas.Benchmarks/Grammar/orders.jsonl");
        foreach (var option in new Option[] { model, style, batch, passes, threads, json })
            verb.Add(option);
        verb.Do(async (result, cancellationToken) =>
        {
            using var signals = new StopSignals(cancellationToken);
            var orders = ReadOrders(result.GetRequiredValue(batch));
            // Guesses would learn from the passes before.
            var wanted = new ModelConfiguration(result.GetValue(model)!, result.GetValue(style), result.GetValue(threads), 0, null) { Speculates = false };
            var (loaded, prompt) = await ModelLoading.LoadAsync(wanted, NullLogger.Instance, signals.Token);
            await using var held = loaded;
            var ways = await new PlanningBench(loaded, prompt).RunAsync(orders, result.GetValue(passes), Console.Error.WriteLine, signals.Token);
            if (result.GetValue(json))
                Console.WriteLine(Json(loaded.Info.Name, orders.Count, result.GetValue(passes), ways).ToJsonString(JsonText.Options));
            else
                Write(ways);
            return ExitCode.Done;
        });
        return verb;
    }

    private static JsonObject Json(string model, int orders, int passes, IReadOnlyList<PlanningFigures> ways) => new()
    {
        ["model"] = model,
        ["orders"] = orders,
        ["passes"] = passes,
        ["ways"] = new JsonArray([.. ways.Select(static way => way.ToJson())]),
        ["held_to_free"] = Math.Round(ways[1].CommandsPerSecond / ways[0].CommandsPerSecond, 3),
        ["held_to_llama_cpp"] = Math.Round(ways[1].CommandsPerSecond / ways[2].CommandsPerSecond, 3),
    };

    private static IReadOnlyList<(string, ToolList)> ReadOrders(string file)
    {
        if (!File.Exists(file))
            throw new UsageException($"{file}: there is no such file");
        var orders = new List<(string, ToolList)>();
        foreach (var (number, line) in File.ReadLines(file).Index())
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                var order = UntrustedJson.Parse(line, "not JSON", ToolList.MaxDepth);
                orders.Add((order.GetProperty("user").GetString() ?? throw new FormatException("\"user\" is null"), ToolList.Read(order)));
            }
            catch (Exception error) when (error is FormatException or SkillSchemaException or KeyNotFoundException or InvalidOperationException)
            {
                throw new UsageException($"{file}:{number + 1}: expected {{\"user\", \"tools\", \"places\"}}: {error.Message}");
            }
        }
        return orders.Count > 0 ? orders : throw new UsageException($"{file}: it has no orders");
    }

    private static void Write(IReadOnlyList<PlanningFigures> ways)
    {
        var table = new Table().AddColumns("way", "commands/s", "to free", "processor ms", "tokens", "forced", "no plan");
        foreach (var way in ways)
        {
            table.AddRow(
                Markup.Escape(way.Way),
                way.CommandsPerSecond.ToString("0.0", CultureInfo.InvariantCulture),
                (way.CommandsPerSecond / ways[0].CommandsPerSecond).ToString("0.00", CultureInfo.InvariantCulture),
                way.ProcessorMilliseconds.ToString("0.0", CultureInfo.InvariantCulture),
                way.Tokens.ToString(CultureInfo.InvariantCulture),
                way.ForcedShare?.ToString("0%", CultureInfo.InvariantCulture) ?? "",
                way.NoPlan.ToString(CultureInfo.InvariantCulture));
        }
        AnsiConsole.Write(table);
    }
}
