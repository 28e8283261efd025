using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Skills;
using EdgeMas.Testing;

namespace EdgeMas.Reasoning.Tests.Corpus;

/// <summary>The hand-written orders of the shared folder: sixteen robots kept for development, 45 orders each.</summary>
internal static class PlanCorpus
{
    internal sealed record Robot(string Name, IReadOnlyList<SkillDescriptor> Skills, IReadOnlyList<string> Places, IReadOnlyList<(string Order, Plan Plan)> Orders);

    /// <summary>The fourth robot of each file was never trained on.</summary>
    internal static IReadOnlyList<Robot> Development() =>
        [.. Directory.GetFiles(SharedFiles.Require("planner/corpus"), "*.jsonl").Order(StringComparer.Ordinal).Select(file => Read(File.ReadLines(file).ElementAt(3)))];

    /// <summary>Equal as plans: numbers to two decimals, whatever the order of keys.</summary>
    internal static bool AreSame(Plan a, Plan b) => JsonNode.DeepEquals(Canonical(a), Canonical(b));

    private static Robot Read(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        return new Robot(
            root.GetProperty("robot").GetString()!,
            [.. root.GetProperty("tools").EnumerateArray().Select(ReadSkill)],
            [.. root.GetProperty("places").EnumerateArray().Select(place => place.GetString()!)],
            [.. root.GetProperty("orders").EnumerateArray().Select(order => (order.GetProperty("user").GetString()!, PlanJson.Parse(order.GetProperty("plan").GetRawText())))]);
    }

    private static SkillDescriptor ReadSkill(JsonElement tool)
    {
        var properties = new JsonObject();
        foreach (var parameter in tool.GetProperty("parameters").EnumerateObject())
        {
            properties[parameter.Name] = parameter.Value.ValueKind == JsonValueKind.Array
                ? new JsonObject { ["type"] = "string", ["enum"] = JsonNode.Parse(parameter.Value.GetRawText()) }
                : parameter.Value.GetString() switch
                {
                    "number" => new JsonObject { ["type"] = "number" },
                    "places" => new JsonObject { ["type"] = "array", ["x-kind"] = "places" },
                    var kind => new JsonObject { ["type"] = "string", ["x-kind"] = kind },
                };
        }
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        return new SkillDescriptor(tool.GetProperty("name").GetString()!, tool.GetProperty("description").GetString()!, JsonSerializer.SerializeToElement(schema));
    }

    private static JsonArray Canonical(Plan plan)
    {
        var steps = new JsonArray();
        foreach (var step in plan.Steps)
        {
            var arguments = new JsonObject();
            foreach (var argument in step.Arguments.EnumerateObject().OrderBy(argument => argument.Name, StringComparer.Ordinal))
                arguments[argument.Name] = argument.Value.ValueKind == JsonValueKind.Number ? Math.Round(argument.Value.GetDouble(), 2) : JsonNode.Parse(argument.Value.GetRawText());
            steps.Add(new JsonObject { ["name"] = step.Name, ["arguments"] = arguments, ["with"] = step.WithPrevious, ["when"] = step.When.ToString() });
        }
        return steps;
    }
}
