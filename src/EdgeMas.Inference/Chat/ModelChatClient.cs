using System.Runtime.CompilerServices;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Models;
using Microsoft.Extensions.AI;

namespace EdgeMas.Inference.Chat;

/// <summary>
/// A model in this process as <see cref="IChatClient"/>: streaming, tools in the layout that Qwen and Hermes models were trained with, and output held to a
/// schema where a grammar engine is plugged in. Any thread. Without a temperature it takes the likeliest token.
/// </summary>
/// <param name="model">Not disposed with the client.</param>
/// <param name="constraints">Holds output to schemas; null where there is no grammar engine: what needs one is refused then.</param>
public sealed class ModelChatClient(ILanguageModel model, IConstraintCompiler? constraints = null) : IChatClient
{
    /// <summary>Names of <see cref="ChatOptions.AdditionalProperties"/>: who asks, a string.</summary>
    public const string AgentProperty = "edgemas.agent";

    /// <summary>A <see cref="MessagePriority"/>.</summary>
    public const string PriorityProperty = "edgemas.priority";

    /// <summary>An <see cref="Core.Outputs.OutputLanguage"/> that the output is held to, where that is no JSON Schema.</summary>
    public const string LanguageProperty = "edgemas.language";

    /// <summary>As <see cref="GenerationRequest.Adapter"/>, a string.</summary>
    public const string AdapterProperty = "edgemas.adapter";

    /// <summary>A <see cref="ContextOverflow"/>; not <see cref="ContextOverflow.Summarise"/>.</summary>
    public const string OverflowProperty = "edgemas.overflow";

    /// <summary>As <see cref="GenerationRequest.KeepTokens"/>, an <see cref="int"/>.</summary>
    public const string KeepTokensProperty = "edgemas.keep_tokens";

    /// <exception cref="ModelException">The request cannot be served; says why and how to mend it.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc cref="GetResponseAsync"/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var call = ChatCall.Of(model.Info.Name, messages, options ?? new ChatOptions(), constraints);
        var reader = new ToolCallReader(call.Reading);
        var id = Guid.NewGuid().ToString("N");
        var called = false;
        await foreach (var piece in model.StreamAsync(call.Request, cancellationToken))
        {
            foreach (var content in piece.Result is null ? reader.Read(piece.Text) : reader.End())
            {
                called |= content is FunctionCallContent;
                yield return Update(content);
            }
            if (piece.Result is { } result)
                yield return End(result);
        }

        ChatResponseUpdate Update(AIContent content) => new(ChatRole.Assistant, [content]) { ResponseId = id, MessageId = id, ModelId = model.Info.Name };

        ChatResponseUpdate End(GenerationResult result)
        {
            var end = Update(new UsageContent(UsageOf(result)));
            end.FinishReason = called ? ChatFinishReason.ToolCalls : result.Finish == FinishReason.Length ? ChatFinishReason.Length : ChatFinishReason.Stop;
            return end;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        if (serviceType == typeof(ChatClientMetadata))
            return new ChatClientMetadata("edgemas", defaultModelId: model.Info.Name);
        return serviceType.IsInstanceOfType(this) ? this : serviceType.IsInstanceOfType(model) ? model : null;
    }

    public void Dispose()
    {
        // The model belongs to who loaded it.
    }

    private static UsageDetails UsageOf(GenerationResult result) => new()
    {
        InputTokenCount = result.PromptTokens,
        CachedInputTokenCount = result.ReusedTokens,
        OutputTokenCount = result.GeneratedTokens,
        TotalTokenCount = result.PromptTokens + result.GeneratedTokens,
    };
}
