using System.Text.Json.Nodes;
using EdgeMas.Core.Models;

namespace EdgeMas.Host.Serving;

/// <summary><c>POST /v1/completions</c></summary>
internal sealed class CompletionEndpoint(ServingParts parts)
{
    public async Task HandleAsync(HttpContext context)
    {
        var caller = Caller.Of(context.Request);
        var body = await RequestBody.ReadAsync(context, parts.Options);
        var fields = CompletionFields.Read(body, parts.Model.Info, caller, parts.Constraints);
        using var place = parts.Admission.Enter();
        using var limit = parts.Limit(context);
        var id = $"cmpl-{Guid.NewGuid():N}";
        if (fields.Sampling.Stream)
        {
            await StreamAsync(context, fields, caller, id, limit.Token);
            return;
        }
        var result = await parts.Model.GenerateAsync(fields.Request, null, limit.Token);
        var answer = Body(id, result.Text, Finish(result));
        answer["usage"] = UsageOf(result);
        await context.Response.WriteJsonAsync(answer, limit.Token);
    }

    private async Task StreamAsync(HttpContext context, CompletionFields fields, Caller caller, string id, CancellationToken cancellationToken)
    {
        var events = new EventStream(context);
        var started = parts.Time.GetTimestamp();
        var first = true;
        await foreach (var piece in parts.Model.StreamAsync(fields.Request, cancellationToken))
        {
            if (first)
                parts.Metrics.FirstToken(caller, parts.Time.GetElapsedTime(started));
            first = false;
            await events.WriteAsync(Body(id, piece.Text, piece.Result is null ? null : Finish(piece.Result)));
            if (piece.Result is null || !fields.Sampling.IncludeUsage)
                continue;
            var last = Body(id, "", null);
            last["choices"] = new JsonArray();
            last["usage"] = UsageOf(piece.Result);
            await events.WriteAsync(last);
        }
        await events.EndAsync();
    }

    private static string Finish(GenerationResult result) => result.Finish == FinishReason.Length ? "length" : "stop";

    private static JsonObject UsageOf(GenerationResult result) => new Usage(result.PromptTokens, result.ReusedTokens, result.GeneratedTokens).ToJson();

    private JsonObject Body(string id, string text, string? finish) => new()
    {
        ["id"] = id,
        ["object"] = "text_completion",
        ["created"] = parts.Now,
        ["model"] = parts.Model.Info.Name,
        ["choices"] = new JsonArray(new JsonObject { ["text"] = text, ["index"] = 0, ["logprobs"] = null, ["finish_reason"] = finish }),
    };
}
