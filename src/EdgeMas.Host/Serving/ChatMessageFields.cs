using System.Text.Json;
using EdgeMas.Core;
using Microsoft.Extensions.AI;

namespace EdgeMas.Host.Serving;

/// <summary>The messages of a chat request.</summary>
internal static class ChatMessageFields
{
    private const int MaxMessages = 4096;

    public static List<ChatMessage> Read(RequestFields fields)
    {
        var items = fields.Items("messages", MaxMessages);
        if (items.Count == 0)
            throw fields.Missing("messages");
        return [.. items.Select((item, index) => ReadOne(new RequestFields(item, $"messages[{index}].")))];
    }

    private static ChatMessage ReadOne(RequestFields fields)
    {
        var role = fields.RequiredText("role");
        var text = TextOf(fields);
        _ = fields.Text("name"); // templates have no place for it
        fields.Ignore("refusal", "annotations");
        fields.RefuseUnlessEmpty("audio", "function_call");
        var message = role switch
        {
            "system" or "developer" => new ChatMessage(ChatRole.System, text ?? throw fields.Missing("content")),
            "user" => new ChatMessage(ChatRole.User, text ?? throw fields.Missing("content")),
            "assistant" => new ChatMessage(ChatRole.Assistant, [.. text is null ? [] : (AIContent[])[new TextContent(text)], .. fields.Items("tool_calls", 128).Select((call, index) => CallOf(new RequestFields(call, $"{fields.NameOf("tool_calls")}[{index}].")))]),
            "tool" => new ChatMessage(ChatRole.Tool, [new FunctionResultContent(fields.RequiredText("tool_call_id"), text ?? throw fields.Missing("content"))]),
            _ => throw fields.Wrong("role", "system, developer, user, assistant or tool", fields.Any("role")!.Value),
        };
        fields.Close();
        return message;
    }

    /// <summary>A string, or parts of type text.</summary>
    private static string? TextOf(RequestFields fields)
    {
        if (fields.Any("content") is not { ValueKind: JsonValueKind.Array })
            return fields.Text("content");
        return string.Concat(fields.Items("content", MaxMessages).Select((item, index) =>
        {
            var part = new RequestFields(item, $"{fields.NameOf("content")}[{index}].");
            return part.RequiredText("type") is "text" ? part.RequiredText("text") : throw part.Wrong("type", "text: this model reads text only", part.Any("type")!.Value);
        }));
    }

    private static FunctionCallContent CallOf(RequestFields fields)
    {
        var id = fields.RequiredText("id");
        _ = fields.Text("type");
        var function = fields.Object("function") ?? throw fields.Missing("function");
        var name = function.RequiredText("name");
        try
        {
            var arguments = (IDictionary<string, object?>?)UntrustedJson.Parse(function.RequiredText("arguments"), "arguments").Deserialize(AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>)));
            return new FunctionCallContent(id, name, arguments);
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            throw function.Wrong("arguments", "a string with a JSON object", function.Any("arguments")!.Value);
        }
    }
}
