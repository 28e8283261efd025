using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeMas.Grammar.Schemas;
using EdgeMas.Host.Bench;
using EdgeMas.Inference;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas bench grammar</c></summary>
internal static class GrammarBenchVerb
{
    private static readonly string[] Times = ["compile_ms", "first_pass_us", "new_grammar_us", "known_us", "llama_cpp_us"];

    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "A GGUF file whose tokens masks are made for; one with a vocabulary only will do", Required = true };
        var schemas = new Option<string[]>("--schemas") { Description = "JSON lines as 'grammar eval' reads them; \"kind\" groups them, \"gbnf\" is measured with llama.cpp's sampler", Required = true };
        var passes = new Option<int>("--passes") { Description = "Times that all is measured; of each mask the shortest time counts", DefaultValueFactory = _ => 5 };
        passes.Validators.Add(result => Verb.Bound(result, 1, 100));
        var compact = new Option<bool>("--compact") { Description = "No whitespace, properties in the schema's order, as the planner has it" };
        var json = Verb.JsonOption();
        var verb = Verb.Create(
            "grammar",
            "Measures compiling and masks on one thread: in the process's first pass, in a grammar used for the first time, in states known already; and llama.cpp's own grammar sampler.",
            "edgemas bench grammar --model models/planner.gguf --schemas tests/EdgeMas.Benchmarks/Grammar/rover.jsonl");
        foreach (var option in new Option[] { model, schemas, passes, compact, json })
            verb.Add(option);
        verb.Do((result, cancellationToken) =>
        {
            IReadOnlyList<GrammarCase> cases = [.. result.GetRequiredValue(schemas).SelectMany(GrammarCase.ReadAll)];
            using var tokenizer = LlamaTokenizer.Load(result.GetRequiredValue(model), new LlamaOptions(), NullLogger.Instance);
            var bench = new GrammarBench(tokenizer, result.GetValue(compact) ? new SchemaOptions { Order = PropertyOrder.Declared } : new SchemaOptions { FreeWhitespace = true });
            var kinds = bench.Run(cases, result.GetValue(passes), Console.Error.WriteLine, cancellationToken).Select(static figures => figures.ToJson()).ToArray();
            if (result.GetValue(json))
                Console.WriteLine(new JsonObject { ["vocabulary"] = tokenizer.VocabularySize, ["passes"] = result.GetValue(passes), ["kinds"] = new JsonArray(kinds) }.ToJsonString(JsonText.Options));
            else
                Write(kinds);
            return Task.FromResult(ExitCode.Done);
        });
        return verb;
    }

    private static void Write(IEnumerable<JsonObject> kinds)
    {
        var table = new Table().AddColumns("kind", "of", "p50", "p90", "p99", "max");
        foreach (var kind in kinds)
        {
            table.AddRow(Markup.Escape((string)kind["kind"]!), $"{kind["compiled"]} of {kind["schemas"]} compiled, {kind["masks"]} masks, {(double?)kind["forced_share"] ?? 0:0%} forced");
            foreach (var name in Times)
            {
                if (kind[name] is JsonObject times)
                    table.AddRow(["", name, .. times.Select(static time => ((double)time.Value!).ToString("0.##", CultureInfo.InvariantCulture))]);
            }
        }
        AnsiConsole.Write(table);
    }
}
