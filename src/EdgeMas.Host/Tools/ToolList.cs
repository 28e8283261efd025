using System.Text.Json;
using EdgeMas.Core;
using EdgeMas.Core.Skills;

namespace EdgeMas.Host.Tools;

/// <summary>
/// Reads skills that somebody wrote down: a JSON array of tools, or an object with <c>tools</c> and <c>places</c>. Each tool has a name, a description, and
/// its arguments as a JSON Schema or in short kinds (<see cref="ShortKinds"/>); tools in OpenAI's and MCP's shape are taken as well. Untrusted.
/// </summary>
internal sealed record ToolList(IReadOnlyList<SkillDescriptor> Skills, IReadOnlyList<string> Places)
{
    /// <summary>Of arrays and objects inside one another.</summary>
    public const int MaxDepth = 32;

    private const int MaxTools = 256;
    private const int MaxPlaces = 256;
    private const int MaxNameCharacters = 100;
    private static readonly string[] SchemaKeys = ["parameters", "arguments", "inputSchema", "input_schema", "schema"];

    /// <exception cref="FormatException">The text is no list of tools; the message says where and what is expected.</exception>
    public static ToolList Parse(string json) => Read(UntrustedJson.Parse(json, "not JSON", MaxDepth));

    /// <param name="root">Of <see cref="UntrustedJson"/>.</param>
    /// <exception cref="FormatException">As above.</exception>
    public static ToolList Read(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
            return new ToolList(ReadTools(root), []);
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("tools", out var tools))
            throw new FormatException("expected a JSON array of tools, or an object with \"tools\" and \"places\"");
        return new ToolList(ReadTools(tools), root.TryGetProperty("places", out var places) ? ReadPlaces(places) : []);
    }

    private static List<SkillDescriptor> ReadTools(JsonElement tools)
    {
        if (tools.ValueKind != JsonValueKind.Array)
            throw new FormatException("\"tools\" is an array of tools");
        if (tools.GetArrayLength() > MaxTools)
            throw new FormatException($"{tools.GetArrayLength()} tools: at most {MaxTools} are read");
        var skills = new List<SkillDescriptor>();
        foreach (var tool in tools.EnumerateArray())
        {
            var skill = ReadTool(tool, skills.Count);
            if (skills.Exists(known => known.Name == skill.Name))
                throw new FormatException($"tools[{skills.Count}]: there are two tools named '{skill.Name}'");
            skills.Add(skill);
        }
        return skills;
    }

    private static SkillDescriptor ReadTool(JsonElement tool, int index)
    {
        if (tool.ValueKind == JsonValueKind.Object && tool.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object)
            tool = function;
        if (tool.ValueKind != JsonValueKind.Object || !tool.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String)
            throw new FormatException($"tools[{index}]: expected an object with a \"name\"");
        var description = tool.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        JsonElement? schema = null;
        foreach (var key in SchemaKeys)
        {
            if (schema is null && tool.TryGetProperty(key, out var given) && given.ValueKind != JsonValueKind.Null)
                schema = given;
        }
        return new SkillDescriptor(name.GetString()!, description, ShortKinds.ToSchema(schema, $"tools[{index}] '{name.GetString()}'"));
    }

    private static List<string> ReadPlaces(JsonElement places)
    {
        if (places.ValueKind == JsonValueKind.Null)
            return [];
        if (places.ValueKind != JsonValueKind.Array || places.EnumerateArray().Any(place => place.ValueKind != JsonValueKind.String))
            throw new FormatException("\"places\" is an array of names");
        if (places.GetArrayLength() > MaxPlaces || places.EnumerateArray().Any(place => place.GetString()!.Length is 0 or > MaxNameCharacters))
            throw new FormatException($"\"places\" has at most {MaxPlaces} names of 1 to {MaxNameCharacters} characters");
        return [.. places.EnumerateArray().Select(place => place.GetString()!)];
    }
}
