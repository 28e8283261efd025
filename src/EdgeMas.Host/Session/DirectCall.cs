using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeMas.Core;
using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Session;

/// <summary>A skill called by name, without a planner: <c>fly_to x_m=6 y_m=8 z_m=2</c>, or with its arguments as a JSON object.</summary>
internal sealed record DirectCall(string Text, string Skill, JsonElement Arguments)
{
    /// <exception cref="UsageException">It is no such call.</exception>
    public static DirectCall Parse(string text)
    {
        var trimmed = text.Trim();
        var end = trimmed.IndexOf(' ', StringComparison.Ordinal);
        var (skill, rest) = end < 0 ? (trimmed, "") : (trimmed[..end], trimmed[end..].Trim());
        if (skill.Length == 0)
            throw Refusal(text, "it names no skill");
        return new DirectCall(trimmed, skill, JsonSerializer.SerializeToElement(rest.StartsWith('{') ? ParseObject(text, rest) : ParsePairs(text, rest), EdgeMasJson.Default.JsonObject));
    }

    private static JsonObject ParseObject(string text, string json)
    {
        try
        {
            return JsonObject.Create(UntrustedJson.Parse(json, "its arguments"))!;
        }
        catch (FormatException error)
        {
            throw Refusal(text, error.Message);
        }
    }

    private static JsonObject ParsePairs(string text, string pairs)
    {
        var arguments = new JsonObject();
        foreach (var pair in pairs.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } value])
                throw Refusal(text, $"'{pair}' is no argument");
            arguments[name] = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(value);
        }
        return arguments;
    }

    private static UsageException Refusal(string text, string reason) =>
        new($"edgemas: --call '{text}': {reason}; write a skill and its arguments, such as \"fly_to x_m=6 y_m=8 z_m=2\"");
}
