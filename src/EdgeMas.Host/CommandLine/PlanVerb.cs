using System.CommandLine;
using EdgeMas.Core.Events;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Skills;
using EdgeMas.Grammar.Constraints;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Session;
using EdgeMas.Host.Story;
using EdgeMas.Host.Tools;
using EdgeMas.Reasoning.Planning;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas plan "TEXT" --tools FILE</c> and <c>edgemas plan --json --batch FILE</c></summary>
internal static class PlanVerb
{
    /// <summary>As many as a mission has by default.</summary>
    private const int Rounds = 2;

    public static Command Create()
    {
        var order = new Argument<string?>("order") { Description = "The order in words", Arity = ArgumentArity.ZeroOrOne };
        var tools = new Option<string?>("--tools") { Description = "JSON array of skills (name, description, parameters), or an object with tools and places" };
        var places = new Option<string?>("--places") { Description = "Known places, separated by commas; beside those of the file" };
        var batch = new Option<string?>("--batch") { Description = "JSON lines with user, tools, places; '-' for standard input. One plan a line comes out" };
        var model = new Option<string?>("--model") { Description = "A card of models/manifest.yaml, or a GGUF file" };
        var style = new Option<string?>("--prompt-style") { Description = "planner-chatml, planner-gemma or chat" };
        style.AcceptOnlyFromAmong(Shelf.ModelManifest.StyleNames);
        var threads = new Option<int?>("--threads") { Description = "CPU threads of the model" };
        var json = Verb.JsonOption();
        var verb = Verb.Create("plan", "Turns an order into a plan for the given skills, and does nothing else.", "edgemas plan \"turn left and take a picture\" --tools skills.json --places dock,gate --json");
        verb.Add(order);
        foreach (var option in new Option[] { tools, places, batch, model, style, threads, json })
            verb.Add(option);
        verb.Validators.Add(result =>
        {
            if (result.GetResult(batch) is null && (result.GetValue(order) is null || result.GetValue(tools) is null))
                result.AddError("give an order and --tools FILE, or --batch FILE");
        });
        verb.Do(async (result, cancellationToken) =>
        {
            var wanted = new ModelConfiguration(result.GetValue(model) ?? "planner", result.GetValue(style), result.GetValue(threads), 0, null);
            var given = result.GetValue(tools) is { } file ? ReadTools(file, result.GetValue(places)) : null; // a wrong file is told before a model is loaded
            var (loaded, prompt) = await ModelLoading.LoadAsync(wanted, NullLogger.Instance, cancellationToken);
            await using var held = loaded;
            var planner = new CheckedPlanner(new Planner(loaded, GrammarConstraints.For(loaded), prompt, PlannerOptions.Default), Rounds);
            return result.GetValue(batch) is { } lines
                ? await RunBatchAsync(planner, lines, cancellationToken)
                : await PlanOneAsync(planner, result.GetRequiredValue(order)!, given!, result.GetValue(json), cancellationToken);
        });
        return verb;
    }

    private static ToolList ReadTools(string file, string? places)
    {
        try
        {
            var read = ToolList.Parse(File.ReadAllText(file));
            string[] more = places?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
            return read with { Places = [.. read.Places.Union(more)] };
        }
        catch (Exception error) when (error is FormatException or SkillSchemaException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"edgemas: {file}: {error.Message}");
        }
    }

    private static async Task<int> RunBatchAsync(CheckedPlanner planner, string source, CancellationToken cancellationToken)
    {
        using var file = source == "-" ? null : new StreamReader(source);
        await using var output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 1 << 16);
        var failed = await new PlanBatch(planner).RunAsync(file ?? new StreamReader(Console.OpenStandardInput()), output, cancellationToken);
        if (failed == 0)
            return ExitCode.Done;
        await Console.Error.WriteLineAsync($"edgemas: {failed} lines gave no plan; their output lines say why");
        return ExitCode.Failed;
    }

    private static async Task<int> PlanOneAsync(CheckedPlanner planner, string order, ToolList tools, bool json, CancellationToken cancellationToken)
    {
        PlanProposal proposal;
        string? objection;
        try
        {
            (proposal, objection) = await planner.PlanAsync(new PlanRequest("plan", order, [], null, 0), tools.Skills, tools.Places, cancellationToken);
        }
        catch (PlanningException error)
        {
            throw new FailureException(error.Message, error);
        }
        if (objection is not null)
            await Console.Error.WriteLineAsync($"edgemas: a mission would refuse this plan: {objection}");
        if (json)
        {
            Console.WriteLine(PlanJson.Write(proposal.Plan));
            return ExitCode.Done;
        }
        if (proposal.Plan.Steps.Count == 0)
            Console.WriteLine("nothing that is offered serves this order");
        for (var i = 0; i < proposal.Plan.Steps.Count; i++)
            Console.WriteLine($"{i + 1} {StepText.Of(proposal.Plan.Steps[i])}{(StepText.Guard(proposal.Plan.Steps[i]) is { Length: > 0 } guard ? $" ({guard})" : "")}");
        Console.Error.WriteLine(FormattableString.Invariant($"{proposal.Tokens} tokens in {proposal.Seconds:0.000} s, confidence {proposal.Confidence:0.00}, model {proposal.Model}"));
        return ExitCode.Done;
    }
}
