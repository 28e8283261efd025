using System.Text.Json.Nodes;

namespace EdgeMas.Host.Serving;

/// <summary>What can be asked once there is a model.</summary>
internal sealed class ModelEndpoints(ServingParts parts)
{
    public RequestDelegate Chat { get; } = new ChatEndpoint(parts).HandleAsync;

    public RequestDelegate Completion { get; } = new CompletionEndpoint(parts).HandleAsync;

    public RequestDelegate Embedding { get; } = new EmbeddingEndpoint(parts).HandleAsync;

    public Task ListAsync(HttpContext context) =>
        WriteAsync(context, new JsonObject { ["object"] = "list", ["data"] = new JsonArray([.. EngineFields.NamesOf(parts.Model.Info).Select(Describe)]) });

    public Task DescribeAsync(HttpContext context) => (string?)context.Request.RouteValues["name"] is { } name && EngineFields.NamesOf(parts.Model.Info).Contains(name, StringComparer.Ordinal)
        ? WriteAsync(context, Describe(name))
        : throw new ApiException(StatusCodes.Status404NotFound, "invalid_request_error", $"there is no such model here; this server has '{parts.Model.Info.Name}'", "model", "model_not_found");

    public Task HealthAsync(HttpContext context) => WriteAsync(context, new JsonObject { ["status"] = "ok", ["model"] = parts.Model.Info.Name });

    private JsonObject Describe(string name) => new()
    {
        ["id"] = name,
        ["object"] = "model",
        ["created"] = 0,
        ["owned_by"] = "edgemas",
        ["description"] = parts.Model.Info.Description,
        ["context_length"] = parts.Model.Info.ContextTokens,
        ["vocabulary_size"] = parts.Model.Info.VocabularySize,
    };

    private static Task WriteAsync(HttpContext context, JsonObject body) => context.Response.WriteJsonAsync(body, context.RequestAborted);
}
