using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeMas.Core.Models;
using Microsoft.Extensions.AI;

namespace EdgeMas.Inference.Chat;

/// <summary>
/// Lays out messages as turns of text. Tools, their calls and their results are written as the chat template of Qwen2.5 writes them, which is that of Hermes
/// too. Source: <c>tokenizer_config.json</c> of Qwen2.5-0.5B-Instruct.
/// </summary>
internal static class ChatTurns
{
    internal const string CallBegin = "<tool_call>";
    internal const string CallEnd = "</tool_call>";

    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="ModelException">A message has something that is no text.</exception>
    internal static List<ChatTurn> Of(string model, IEnumerable<ChatMessage> messages, string? instructions, IReadOnlyList<AIFunctionDeclaration> tools)
    {
        var turns = new List<ChatTurn>();
        var results = false;
        foreach (var message in messages)
        {
            var text = TextOf(model, message);
            if (message.Role != ChatRole.Tool)
                turns.Add(new ChatTurn(message.Role.Value, text));
            else if (results)
                turns[^1] = turns[^1] with { Content = $"{turns[^1].Content}\n{text}" };
            else
                turns.Add(new ChatTurn("user", text));
            results = message.Role == ChatRole.Tool;
        }
        var system = string.Join("\n\n", new[] { instructions, tools.Count == 0 ? null : Describe(tools) }.OfType<string>());
        if (system.Length == 0)
            return turns;
        if (turns is [{ Role: "system" } first, ..])
            turns[0] = first with { Content = $"{first.Content}\n\n{system}" };
        else
            turns.Insert(0, new ChatTurn("system", system));
        return turns;
    }

    private static string TextOf(string model, ChatMessage message)
    {
        var text = new StringBuilder();
        foreach (var content in message.Contents)
        {
            if (content is TextContent plain)
                text.Append(plain.Text);
            else if (Tagged(content) is { } tagged)
                text.Append(text.Length > 0 ? "\n" : "").Append(tagged);
            else if (content is not (UsageContent or TextReasoningContent))
                throw new ModelException(model, $"a message has {content.GetType().Name}; this model reads text only.", fault: ModelFault.Request);
        }
        return text.ToString();
    }

    /// <returns>Null where it is neither a call nor a result.</returns>
    private static string? Tagged(AIContent content) => content switch
    {
        FunctionCallContent call => $"{CallBegin}\n{new JsonObject { ["name"] = call.Name, ["arguments"] = ToNode(call.Arguments ?? new Dictionary<string, object?>()) }.ToJsonString(Json)}\n{CallEnd}",
        FunctionResultContent result => $"<tool_response>\n{(result.Result as string) ?? ToNode(result.Result)?.ToJsonString(Json) ?? "null"}\n</tool_response>",
        _ => null,
    };

    /// <summary>What agents' functions take and give, as Microsoft.Extensions.AI writes it.</summary>
    private static JsonNode? ToNode(object? value) => JsonSerializer.SerializeToNode(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(object)));

    private static string Describe(IReadOnlyList<AIFunctionDeclaration> tools)
    {
        var text = new StringBuilder("# Tools\n\nYou may call one or more functions to assist with the user query.\n\nYou are provided with function signatures within <tools></tools> XML tags:\n<tools>");
        foreach (var tool in tools)
        {
            var function = new JsonObject { ["name"] = tool.Name, ["description"] = tool.Description, ["parameters"] = JsonNode.Parse(tool.JsonSchema.GetRawText()) };
            text.Append('\n').Append(new JsonObject { ["type"] = "function", ["function"] = function }.ToJsonString(Json));
        }
        return text.Append("\n</tools>\n\nFor each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:\n")
            .Append(CallBegin).Append("\n{\"name\": <function-name>, \"arguments\": <args-json-object>}\n").Append(CallEnd)
            .ToString();
    }
}
