using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeMas.Core.Events;
using EdgeMas.Core;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Models;
using EdgeMas.Host.CommandLine;
using EdgeMas.Reasoning.Planning;

namespace EdgeMas.Host.Tools;

/// <summary>Plans orders one after the other: a JSON line <c>{"user", "tools", "places"}</c> in, one plan a line out, in order; what cannot be planned gives an object with <c>error</c>.</summary>
internal sealed class PlanBatch(CheckedPlanner planner)
{
    private const int MaxLineCharacters = 1_000_000;

    /// <summary>Neighbouring lines usually have the same tools, so the last ones are kept as read.</summary>
    private (string Text, ToolList Tools) _last = ("", new ToolList([], []));

    /// <returns>Lines that gave no plan.</returns>
    public async Task<int> RunAsync(TextReader input, TextWriter output, CancellationToken cancellationToken)
    {
        var failed = 0;
        for (var number = 1; await input.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            string answer;
            try
            {
                answer = PlanJson.Write(await PlanAsync(line, number, cancellationToken));
            }
            catch (Exception error) when (error is FormatException or PlanningException or ModelException)
            {
                failed++;
                answer = new JsonObject { ["error"] = error.Message, ["line"] = number }.ToJsonString(JsonText.Options);
            }
            await output.WriteLineAsync(answer.AsMemory(), cancellationToken);
            await output.FlushAsync(cancellationToken);
        }
        return failed;
    }

    private async Task<Plan> PlanAsync(string line, int number, CancellationToken cancellationToken)
    {
        if (line.Length > MaxLineCharacters)
            throw new FormatException($"{line.Length:N0} characters: a line has at most {MaxLineCharacters:N0}");
        var root = UntrustedJson.Parse(line, "not JSON", ToolList.MaxDepth);
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("user", out var user) || user.ValueKind != JsonValueKind.String)
            throw new FormatException("expected an object with \"user\", \"tools\" and \"places\"");
        var request = new PlanRequest($"line-{number}", user.GetString()!, [], null, 0);
        var tools = ReadTools(root);
        return (await planner.PlanAsync(request, tools.Skills, tools.Places, cancellationToken)).Proposal.Plan;
    }

    private ToolList ReadTools(JsonElement root)
    {
        var text = (root.TryGetProperty("tools", out var tools) ? tools.GetRawText() : "") + (root.TryGetProperty("places", out var places) ? places.GetRawText() : "");
        if (text != _last.Text)
            _last = (text, ToolList.Read(root));
        return _last.Tools;
    }
}
