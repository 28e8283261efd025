using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeMas.Grammar;
using EdgeMas.Grammar.Schemas;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas grammar check|eval</c></summary>
internal static class GrammarVerb
{
    public static Command Create()
    {
        var verb = Verb.Create("grammar", "Looks at what a JSON Schema lets a model write.", "edgemas grammar check --schema skill.json --instance call.json");
        verb.Add(CreateCheck());
        verb.Add(GrammarEvalVerb.Create());
        return verb;
    }

    private static Command CreateCheck()
    {
        var schema = new Option<string>("--schema") { Description = "A file with a JSON Schema (draft 2020-12)", Required = true };
        var instance = new Option<string>("--instance") { Description = "A file with a JSON value", Required = true };
        var json = Verb.JsonOption();
        var verb = Verb.Create("check", "Tells whether the grammar of a schema lets a model write a value; exit code 1 when it does not.", "edgemas grammar check --schema skill.json --instance call.json");
        verb.Add(schema);
        verb.Add(instance);
        verb.Add(json);
        verb.Do((result, cancellationToken) => CheckAsync(result.GetRequiredValue(schema), result.GetRequiredValue(instance), result.GetValue(json), cancellationToken));
        return verb;
    }

    private static async Task<int> CheckAsync(string schemaFile, string instanceFile, bool json, CancellationToken cancellationToken)
    {
        using var schema = await ReadAsync(schemaFile, cancellationToken);
        using var instance = await ReadAsync(instanceFile, cancellationToken);
        string? objection;
        try
        {
            objection = CompiledGrammar.FromSchema(schema.RootElement, new SchemaOptions { FreeWhitespace = true }).Objection(instance.RootElement);
        }
        catch (SchemaException error)
        {
            throw new UsageException($"{schemaFile}: {error.Message}");
        }
        if (json)
            Console.WriteLine(new JsonObject { ["valid"] = objection is null, ["reason"] = objection }.ToJsonString(JsonText.Options));
        else
            Console.WriteLine(objection is null ? $"{instanceFile} is valid" : $"{instanceFile} is not valid: {objection}");
        return objection is null ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<JsonDocument> ReadAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
            throw new UsageException($"{file}: there is no such file");
        try
        {
            return JsonDocument.Parse(await File.ReadAllTextAsync(file, cancellationToken), new JsonDocumentOptions { MaxDepth = CompiledGrammar.MaxDepth });
        }
        catch (JsonException error)
        {
            throw new UsageException($"{file}:{error.LineNumber + 1}: {error.Message}");
        }
    }
}
