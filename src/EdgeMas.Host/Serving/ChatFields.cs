using System.Text.Json;
using EdgeMas.Core.Models;
using EdgeMas.Inference.Chat;
using Microsoft.Extensions.AI;

namespace EdgeMas.Host.Serving;

/// <summary>A body for <c>/v1/chat/completions</c>. Source: OpenAI's API reference, "Create chat completion".</summary>
internal sealed record ChatFields(IReadOnlyList<ChatMessage> Messages, ChatOptions Options, SamplingFields Sampling)
{
    private const int MaxTools = 128;

    public static ChatFields Read(JsonElement body, LanguageModelInfo model, Caller caller)
    {
        var fields = new RequestFields(body);
        var sampling = SamplingFields.Read(fields, model);
        var engine = EngineFields.Read(fields, model, caller);
        var options = new ChatOptions
        {
            Temperature = sampling.Sampling.Temperature,
            TopK = sampling.Sampling.TopK,
            TopP = sampling.Sampling.TopP,
            Seed = sampling.Sampling.Seed,
            MaxOutputTokens = sampling.MaxTokens,
            StopSequences = [.. sampling.Stop],
            Tools = [.. fields.Items("tools", MaxTools).Select((tool, index) => ToolOf(tool, $"tools[{index}]."))],
            ToolMode = ToolModeOf(fields),
            ResponseFormat = FormatOf(fields),
            AdditionalProperties = new() { [ModelChatClient.AgentProperty] = caller.Agent, [ModelChatClient.PriorityProperty] = caller.Priority, [ModelChatClient.OverflowProperty] = engine.Overflow, [ModelChatClient.KeepTokensProperty] = engine.KeepTokens },
        };
        if (fields.Flag("parallel_tool_calls") == false && options.Tools.Count > 0)
            throw ApiException.Invalid("'parallel_tool_calls' cannot be false: the model may call several tools", "parallel_tool_calls", "unsupported_parameter");
        foreach (var modality in fields.Items("modalities", 8))
        {
            if (modality.ValueKind != JsonValueKind.String || modality.GetString() != "text")
                throw fields.Wrong("modalities", "[\"text\"]: this server writes text only", modality);
        }
        if (GrammarFields.Read(fields) is { } language)
            options.AdditionalProperties[ModelChatClient.LanguageProperty] = language;
        if (engine.Adapter is not null)
            options.AdditionalProperties[ModelChatClient.AdapterProperty] = engine.Adapter;
        fields.Ignore("prediction", "verbosity");
        var messages = ChatMessageFields.Read(fields);
        fields.Close();
        return new ChatFields(messages, options, sampling);
    }

    private static AIFunctionDeclaration ToolOf(JsonElement tool, string prefix)
    {
        var fields = new RequestFields(tool, prefix);
        if (fields.RequiredText("type") is not "function")
            throw ApiException.Invalid($"'{prefix}type' must be 'function'", $"{prefix}type", "unsupported_parameter");
        var function = fields.Object("function") ?? throw fields.Missing("function");
        fields.Close();
        var name = function.RequiredText("name");
        if (name.Length is 0 or > 64)
            throw ApiException.Invalid($"'{prefix}function.name' must have 1 to 64 characters", $"{prefix}function.name", "invalid_value");
        var parameters = function.Any("parameters");
        if (parameters is { ValueKind: not JsonValueKind.Object } wrong)
            throw function.Wrong("parameters", "a JSON Schema", wrong);
        var declared = AIFunctionFactory.CreateDeclaration(name, function.Text("description"), parameters?.Clone() ?? EmptySchema());
        _ = function.Flag("strict"); // arguments are checked by who runs the tool
        function.Close();
        return declared;
    }

    private static ChatToolMode? ToolModeOf(RequestFields fields)
    {
        switch (fields.Any("tool_choice"))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.String } text:
                return text.GetString() switch
                {
                    "auto" => ChatToolMode.Auto,
                    "none" => ChatToolMode.None,
                    "required" => ChatToolMode.RequireAny,
                    _ => throw fields.Wrong("tool_choice", "auto, none, required or a function", text),
                };
            default:
                var choice = fields.Object("tool_choice")!;
                _ = choice.RequiredText("type");
                var function = choice.Object("function") ?? throw choice.Missing("function");
                return ChatToolMode.RequireSpecific(function.RequiredText("name"));
        }
    }

    private static ChatResponseFormat? FormatOf(RequestFields fields)
    {
        if (fields.Object("response_format") is not { } format)
            return null;
        switch (format.RequiredText("type"))
        {
            case "text":
                return ChatResponseFormat.Text;
            case "json_object":
                return ChatResponseFormat.Json;
            case "json_schema":
                var described = format.Object("json_schema") ?? throw format.Missing("json_schema");
                var schema = described.Any("schema") ?? throw described.Missing("schema");
                return schema.ValueKind == JsonValueKind.Object ? ChatResponseFormat.ForJsonSchema(schema.Clone(), described.Text("name"), described.Text("description")) : throw described.Wrong("schema", "a JSON Schema", schema);
            default:
                throw format.Wrong("type", "text, json_object or json_schema", format.Any("type")!.Value);
        }
    }

    private static JsonElement EmptySchema()
    {
        using var schema = JsonDocument.Parse("""{"type":"object","properties":{}}""");
        return schema.RootElement.Clone();
    }
}
