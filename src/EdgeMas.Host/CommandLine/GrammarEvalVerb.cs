using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeMas.Core;
using EdgeMas.Grammar;
using EdgeMas.Grammar.Constraints;
using EdgeMas.Grammar.Machine;
using EdgeMas.Grammar.Schemas;
using EdgeMas.Grammar.Vocabulary;
using EdgeMas.Inference;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas grammar eval</c>: verdicts and times for many schemas.</summary>
internal static class GrammarEvalVerb
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "JSON lines; '-' for standard input", DefaultValueFactory = _ => "-" };
        var json = Verb.JsonOption();
        json.Description = "JSON lines are what it writes anyway";
        var model = new Option<string?>("--model") { Description = "A GGUF file whose tokens masks are made for; without it, no masks are timed" };
        var annotate = new Option<bool>("--formats-annotate") { Description = "Let 'format' be a remark, not a condition" };
        var verb = Verb.Create(
            "eval",
            "Reads JSON lines {\"schema\": …, \"tests\": [{\"data\": …, \"valid\": bool}]} and writes a line for each: whether the schema compiles, the grammar's verdicts, and times.",
            "edgemas grammar eval schemas.jsonl --model models/planner.gguf");
        verb.Add(file);
        verb.Add(json);
        verb.Add(model);
        verb.Add(annotate);
        verb.Do((result, cancellationToken) => EvaluateAsync(result.GetRequiredValue(file), result.GetValue(model), !result.GetValue(annotate), cancellationToken));
        return verb;
    }

    private static async Task<int> EvaluateAsync(string file, string? model, bool assertFormats, CancellationToken cancellationToken)
    {
        using var input = Open(file);
        using var tokenizer = model is null ? null : LlamaTokenizer.Load(model, new LlamaOptions(), NullLogger.Instance);
        var vocabulary = tokenizer is null ? null : new TokenVocabulary(tokenizer);
        var options = new SchemaOptions { FreeWhitespace = true, AssertFormats = assertFormats };
        var number = 0;
        while (await input.ReadLineAsync(cancellationToken) is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            Console.WriteLine(Evaluate(Parse(line, number), options, vocabulary).ToJsonString(JsonText.Options));
        }
        return ExitCode.Done;
    }

    private static TextReader Open(string file)
    {
        try
        {
            return file == "-" ? new StreamReader(Console.OpenStandardInput()) : new StreamReader(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"edgemas: {file}: {error.Message}");
        }
    }

    private static JsonElement Parse(string line, int number)
    {
        try
        {
            var root = UntrustedJson.Parse(line, "not JSON", CompiledGrammar.MaxDepth);
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("schema", out _))
                throw new UsageException($"line {number}: it has no \"schema\"");
            if (root.TryGetProperty("tests", out var tests)
                && (tests.ValueKind != JsonValueKind.Array || !tests.EnumerateArray().All(static test => test.ValueKind == JsonValueKind.Object && test.TryGetProperty("data", out _))))
                throw new UsageException($"line {number}: \"tests\" is an array of objects with \"data\"");
            return root;
        }
        catch (FormatException error)
        {
            throw new UsageException($"line {number}: {error.Message}");
        }
    }

    private static JsonObject Evaluate(JsonElement line, SchemaOptions options, TokenVocabulary? vocabulary)
    {
        var started = TimeProvider.System.GetTimestamp();
        CompiledGrammar? grammar = null;
        string? reason = null;
        try
        {
            grammar = CompiledGrammar.FromSchema(line.GetProperty("schema"), options);
        }
        catch (SchemaException error)
        {
            reason = error.Message;
        }
        var compileMs = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
        var results = new JsonArray();
        var seconds = new List<double>();
        try
        {
            if (grammar is not null && line.TryGetProperty("tests", out var tests))
                Judge(grammar, tests, vocabulary, results, seconds);
        }
        catch (Exception error) when (error is SchemaException or GrammarLimitException)
        {
            (grammar, reason) = (null, error.Message); // a verdict that is not known: better none than a wrong one
            results.Clear();
        }
        seconds.Sort();
        return new JsonObject
        {
            ["compiled"] = grammar is not null,
            ["reason"] = reason,
            ["results"] = results,
            ["compile_ms"] = Math.Round(compileMs, 4),
            ["mask_us_p50"] = Percentile(seconds, 0.5),
            ["mask_us_p99"] = Percentile(seconds, 0.99),
        };
    }

    private static void Judge(CompiledGrammar grammar, JsonElement tests, TokenVocabulary? vocabulary, JsonArray results, List<double> seconds)
    {
        foreach (var test in tests.EnumerateArray())
        {
            var data = test.GetProperty("data");
            var valid = grammar.Accepts(data);
            results.Add((JsonNode)valid);
            if (valid && vocabulary is not null && !MaskTimes.Measure(grammar, vocabulary, data, seconds, TimeProvider.System))
                throw new FailureException($"a mask forbids a token of a valid instance: {data.GetRawText()}");
        }
    }

    private static JsonNode? Percentile(List<double> sorted, double share) =>
        sorted.Count == 0 ? null : Math.Round(sorted[Math.Min((int)(sorted.Count * share), sorted.Count - 1)] * 1e6, 3);
}
