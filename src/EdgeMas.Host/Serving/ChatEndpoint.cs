using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeMas.Host.CommandLine;
using EdgeMas.Inference.Chat;
using Microsoft.Extensions.AI;

namespace EdgeMas.Host.Serving;

/// <summary><c>POST /v1/chat/completions</c></summary>
internal sealed class ChatEndpoint(ServingParts parts)
{
    private readonly ModelChatClient _client = new(parts.Model, parts.Constraints);

    public async Task HandleAsync(HttpContext context)
    {
        var caller = Caller.Of(context.Request);
        var body = await RequestBody.ReadAsync(context, parts.Options);
        var fields = ChatFields.Read(body, parts.Model.Info, caller);
        using var place = parts.Admission.Enter();
        using var limit = parts.Limit(context);
        var id = $"chatcmpl-{Guid.NewGuid():N}";
        if (fields.Sampling.Stream)
            await StreamAsync(context, fields, caller, id, limit.Token);
        else
            await AnswerAsync(context, fields, id, limit.Token);
    }

    private async Task AnswerAsync(HttpContext context, ChatFields fields, string id, CancellationToken cancellationToken)
    {
        var response = await _client.GetResponseAsync(fields.Messages, fields.Options, cancellationToken);
        var calls = new JsonArray();
        foreach (var call in response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>())
            calls.Add((JsonNode)ToJson(call));
        var message = new JsonObject { ["role"] = "assistant", ["content"] = calls.Count > 0 && response.Text.Length == 0 ? null : response.Text, ["refusal"] = null };
        if (calls.Count > 0)
            message["tool_calls"] = calls;
        var answer = Head(id, "chat.completion");
        answer["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["logprobs"] = null, ["finish_reason"] = response.FinishReason?.Value });
        answer["usage"] = UsageOf(response.Usage!).ToJson();
        await context.Response.WriteJsonAsync(answer, cancellationToken);
    }

    private async Task StreamAsync(HttpContext context, ChatFields fields, Caller caller, string id, CancellationToken cancellationToken)
    {
        var events = new EventStream(context);
        var started = parts.Time.GetTimestamp();
        var first = true;
        var calls = 0;
        await foreach (var update in _client.GetStreamingResponseAsync(fields.Messages, fields.Options, cancellationToken))
        {
            if (first)
            {
                parts.Metrics.FirstToken(caller, parts.Time.GetElapsedTime(started));
                await events.WriteAsync(Chunk(new JsonObject { ["role"] = "assistant", ["content"] = "" }));
                first = false;
            }
            foreach (var content in update.Contents)
            {
                if (content is TextContent text)
                    await events.WriteAsync(Chunk(new JsonObject { ["content"] = text.Text }));
                else if (content is FunctionCallContent call)
                    await events.WriteAsync(Chunk(new JsonObject { ["tool_calls"] = new JsonArray(ToJson(call, calls++)) }));
                else if (content is UsageContent usage)
                    await EndAsync(update.FinishReason, usage);
            }
        }

        JsonObject Chunk(JsonObject delta, string? finish = null)
        {
            var chunk = Head(id, "chat.completion.chunk");
            chunk["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["logprobs"] = null, ["finish_reason"] = finish });
            return chunk;
        }

        async Task EndAsync(ChatFinishReason? finish, UsageContent usage)
        {
            await events.WriteAsync(Chunk([], finish?.Value));
            if (fields.Sampling.IncludeUsage)
            {
                var last = Head(id, "chat.completion.chunk");
                last["choices"] = new JsonArray();
                last["usage"] = UsageOf(usage.Details).ToJson();
                await events.WriteAsync(last);
            }
            await events.EndAsync();
        }
    }

    private JsonObject Head(string id, string kind) => new() { ["id"] = id, ["object"] = kind, ["created"] = parts.Now, ["model"] = parts.Model.Info.Name };

    private static Usage UsageOf(UsageDetails usage) => new(usage.InputTokenCount ?? 0, usage.CachedInputTokenCount ?? 0, usage.OutputTokenCount ?? 0);

    private static JsonObject ToJson(FunctionCallContent call, int? index = null)
    {
        var json = new JsonObject();
        if (index is not null)
            json["index"] = index;
        json["id"] = call.CallId;
        json["type"] = "function";
        json["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = ArgumentsOf(call) };
        return json;
    }

    private static string ArgumentsOf(FunctionCallContent call) =>
        JsonSerializer.SerializeToNode(call.Arguments, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>)))?.ToJsonString(JsonText.Options) ?? "{}";
}
