using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeMas.Core;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Models;
using EdgeMas.Core.Outputs;
using Microsoft.Extensions.AI;

namespace EdgeMas.Inference.Chat;

/// <summary>One chat request as the engine takes it.</summary>
internal sealed record ChatCall(GenerationRequest Request, ToolReading Reading)
{
    /// <summary>Who asks where nobody says so.</summary>
    private const string Nobody = "chat";

    /// <exception cref="ModelException">It asks for what is not there.</exception>
    internal static ChatCall Of(string model, IEnumerable<ChatMessage> messages, ChatOptions options, IConstraintCompiler? constraints)
    {
        if (options is { FrequencyPenalty: not (null or 0) } or { PresencePenalty: not (null or 0) })
            throw Refusal(model, "frequency and presence penalties are not supported; leave them out.");
        var tools = options.ToolMode is NoneChatToolMode ? [] : ToolsOf(model, options);
        var required = options.ToolMode as RequiredChatToolMode;
        if (required is not null && options.ResponseFormat is ChatResponseFormatJson)
            throw Refusal(model, "a required tool call and a response format exclude each other; ask for one of them.");
        OutputLanguage? language = null;
        if (options.AdditionalProperties?.TryGetValue(ModelChatClient.LanguageProperty, out language) == true && (required is not null || options.ResponseFormat is ChatResponseFormatJson))
            throw Refusal(model, "a grammar excludes a required tool call and a response format; ask for one of them.");
        return new ChatCall(
            new GenerationRequest
            {
                Agent = options.AdditionalProperties?.TryGetValue(ModelChatClient.AgentProperty, out string? agent) == true ? agent : Nobody,
                Priority = options.AdditionalProperties?.TryGetValue(ModelChatClient.PriorityProperty, out MessagePriority priority) == true ? priority : MessagePriority.Interactive,
                Adapter = options.AdditionalProperties?.TryGetValue(ModelChatClient.AdapterProperty, out string? adapter) == true ? adapter : null,
                Overflow = options.AdditionalProperties?.TryGetValue(ModelChatClient.OverflowProperty, out ContextOverflow overflow) == true ? overflow : ContextOverflow.Refuse,
                KeepTokens = options.AdditionalProperties?.TryGetValue(ModelChatClient.KeepTokensProperty, out int keep) == true ? keep : 0,
                Turns = ChatTurns.Of(model, messages, options.Instructions, tools),
                MaxTokens = options.MaxOutputTokens ?? int.MaxValue,
                Sampling = SamplingOf(options),
                Stop = [.. options.StopSequences ?? []],
                Constraint = required is not null
                    ? Compiler("tool_choice 'required'").CompileJson(SchemaOf(model, tools, required))
                    : options.ResponseFormat is ChatResponseFormatJson json ? Compiler("response_format").CompileJson(json.Schema)
                    : language is not null ? Compiler("a grammar").Compile(language) : null,
            },
            required is not null ? ToolReading.Whole : tools.Count > 0 ? ToolReading.Tagged : ToolReading.None);

        IConstraintCompiler Compiler(string what) =>
            constraints ?? throw Refusal(model, $"{what} needs a grammar engine that holds the output to it, and none is plugged in. Leave it out, and say in the prompt what to write.");
    }

    private static ModelException Refusal(string model, string reason) => new(model, reason, fault: ModelFault.Request);

    private static Core.Models.Sampling SamplingOf(ChatOptions options)
    {
        var none = Core.Models.Sampling.Greedy;
        return new Core.Models.Sampling(options.Temperature ?? none.Temperature, options.TopK ?? none.TopK, options.TopP ?? none.TopP, SeedOf(options.Seed) ?? none.Seed);
    }

    /// <summary>All 64 bits count.</summary>
    private static uint? SeedOf(long? seed) => seed is { } bits ? unchecked((uint)bits ^ (uint)(bits >> 32)) : null;

    private static List<AIFunctionDeclaration> ToolsOf(string model, ChatOptions options)
    {
        var tools = new List<AIFunctionDeclaration>();
        foreach (var tool in options.Tools ?? [])
            tools.Add(tool as AIFunctionDeclaration ?? throw Refusal(model, $"the tool '{tool.Name}' is no function; only functions can be offered."));
        return tools;
    }

    /// <summary>Any of the tools' calls, or that of one of them.</summary>
    private static JsonElement SchemaOf(string model, IReadOnlyList<AIFunctionDeclaration> tools, RequiredChatToolMode mode)
    {
        var choices = new JsonArray();
        foreach (var tool in tools)
        {
            if (mode.RequiredFunctionName is not null && mode.RequiredFunctionName != tool.Name)
                continue;
            choices.Add((JsonNode)new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject { ["name"] = new JsonObject { ["const"] = tool.Name }, ["arguments"] = JsonNode.Parse(tool.JsonSchema.GetRawText()) },
                ["required"] = new JsonArray("name", "arguments"),
                ["additionalProperties"] = false,
            });
        }
        if (choices.Count == 0)
            throw Refusal(model, mode.RequiredFunctionName is null ? "a tool call is required and no tools are offered." : $"the required tool '{mode.RequiredFunctionName}' is none of those offered.");
        return JsonSerializer.SerializeToElement(new JsonObject { ["anyOf"] = choices }, EdgeMasJson.Default.JsonObject);
    }
}
