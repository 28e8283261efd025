using System.Text.Json.Nodes;

namespace EdgeMas.Host.Serving;

/// <summary>Tokens of a request, as OpenAI tells them.</summary>
/// <param name="Cached">Of the prompt, those that an earlier request had computed.</param>
internal readonly record struct Usage(long Prompt, long Cached, long Output)
{
    public JsonObject ToJson() => new()
    {
        ["prompt_tokens"] = Prompt,
        ["completion_tokens"] = Output,
        ["total_tokens"] = Prompt + Output,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = Cached },
    };
}
