using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeMas.Core;
using EdgeMas.Grammar;
using EdgeMas.Grammar.Languages;
using EdgeMas.Grammar.Schemas;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas grammar check|eval</c></summary>
internal static class GrammarVerb
{
    public static Command Create()
    {
        var verb = Verb.Create("grammar", "Looks at what a JSON Schema, a regular expression, a list or a GBNF grammar lets a model write.", "edgemas grammar check --schema skill.json --instance call.json");
        verb.Add(CreateCheck());
        verb.Add(GrammarEvalVerb.Create());
        return verb;
    }

    private static Command CreateCheck()
    {
        var schema = new Option<string?>("--schema") { Description = "A file with a JSON Schema (draft 2020-12)" };
        var regex = new Option<string?>("--regex") { Description = "A file with a regular expression (ECMA-262) that the whole instance has to match" };
        var choices = new Option<string?>("--choices") { Description = "A file with a JSON array of the texts that are allowed" };
        var gbnf = new Option<string?>("--gbnf") { Description = "A file with a grammar in llama.cpp's GBNF" };
        var instance = new Option<string>("--instance") { Description = "A file with a JSON value; for --regex, --choices and --gbnf with a text, whose last line end may be left out of account", Required = true };
        var json = Verb.JsonOption();
        var verb = Verb.Create("check", "Tells whether a schema, regular expression, list or grammar lets a model write an instance; exit code 1 when it does not.", "edgemas grammar check --schema skill.json --instance call.json");
        Option<string?>[] grammars = [schema, regex, choices, gbnf];
        foreach (var option in grammars.Cast<Option>().Append(instance).Append(json))
            verb.Add(option);
        verb.Do((result, cancellationToken) =>
        {
            var given = grammars.Where(option => result.GetValue(option) is not null).ToArray();
            if (given is not [var grammar])
                throw new UsageException("one of --schema, --regex, --choices and --gbnf is needed");
            var (file, instanceFile) = (result.GetValue(grammar)!, result.GetRequiredValue(instance));
            return CheckAsync(
                grammar == schema ? ObjectToValueAsync(file, instanceFile, cancellationToken)
                : grammar == choices ? ObjectToTextAsync(file, instanceFile, ReadChoices, cancellationToken)
                : ObjectToTextAsync(file, instanceFile, grammar == regex ? static (text, _) => CompiledGrammar.FromRegex(text.TrimEnd('\r', '\n')) : static (text, _) => CompiledGrammar.FromGbnf(text), cancellationToken),
                instanceFile,
                result.GetValue(json));
        });
        return verb;
    }

    private static async Task<string?> ObjectToValueAsync(string schemaFile, string instanceFile, CancellationToken cancellationToken)
    {
        var schema = await ReadAsync(schemaFile, cancellationToken);
        var instance = await ReadAsync(instanceFile, cancellationToken);
        try
        {
            return CompiledGrammar.FromSchema(schema, new SchemaOptions { FreeWhitespace = true }).Objection(instance);
        }
        catch (SchemaException error)
        {
            throw new UsageException($"{schemaFile}: {error.Message}");
        }
    }

    private static async Task<string?> ObjectToTextAsync(string grammarFile, string instanceFile, Func<string, string, CompiledGrammar> compile, CancellationToken cancellationToken)
    {
        var text = await ReadTextAsync(instanceFile, cancellationToken);
        try
        {
            var grammar = compile(await ReadTextAsync(grammarFile, cancellationToken), grammarFile);
            return grammar.Accepts(text) ? null : grammar.Objection(text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text);
        }
        catch (GrammarTextException error)
        {
            throw new UsageException($"{grammarFile}: {error.Message}");
        }
    }

    private static CompiledGrammar ReadChoices(string text, string file)
    {
        try
        {
            return CompiledGrammar.FromChoices(
                JsonSerializer.Deserialize(text, HostJson.Shared.StringArray) is { } choices && Array.TrueForAll(choices, static choice => choice is not null)
                    ? choices
                    : throw new UsageException($"{file}: a JSON array of strings is expected, and null is none"));
        }
        catch (JsonException error)
        {
            throw new UsageException($"{file}:{error.LineNumber + 1}: a JSON array of strings is expected: {error.Message}");
        }
    }

    private static async Task<int> CheckAsync(Task<string?> check, string instanceFile, bool json)
    {
        var objection = await check;
        if (json)
            Console.WriteLine(new JsonObject { ["valid"] = objection is null, ["reason"] = objection }.ToJsonString(JsonText.Options));
        else
            Console.WriteLine(objection is null ? $"{instanceFile} is valid" : $"{instanceFile} is not valid: {objection}");
        return objection is null ? ExitCode.Done : ExitCode.Failed;
    }

    private static Task<string> ReadTextAsync(string file, CancellationToken cancellationToken) =>
        File.Exists(file) ? File.ReadAllTextAsync(file, cancellationToken) : throw new UsageException($"{file}: there is no such file");

    private static async Task<JsonElement> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return UntrustedJson.Parse(await ReadTextAsync(file, cancellationToken), "not JSON", CompiledGrammar.MaxDepth);
        }
        catch (FormatException error)
        {
            throw new UsageException($"{file}: {error.Message}");
        }
    }
}
