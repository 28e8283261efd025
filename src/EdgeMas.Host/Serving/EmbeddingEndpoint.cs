using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeMas.Core.Models;

namespace EdgeMas.Host.Serving;

/// <summary><c>POST /v1/embeddings</c></summary>
internal sealed class EmbeddingEndpoint(ServingParts parts)
{
    private const int MaxInputs = 256;

    public async Task HandleAsync(HttpContext context)
    {
        _ = Caller.Of(context.Request);
        var body = await RequestBody.ReadAsync(context, parts.Options);
        var embedder = parts.Embedder ?? throw ApiException.Invalid("this model makes no embeddings", code: "unsupported_model");
        var (inputs, base64) = Read(body, embedder);
        using var place = parts.Admission.Enter();
        using var limit = parts.Limit(context);
        var data = new JsonArray();
        long tokens = 0;
        foreach (var input in inputs)
        {
            var embedding = TokenIds.Read(input) is { } ids ? await embedder.EmbedAsync(ids, limit.Token) : await embedder.EmbedAsync(input.GetString()!, limit.Token);
            tokens += embedding.Tokens;
            data.Add((JsonNode)new JsonObject { ["object"] = "embedding", ["index"] = data.Count, ["embedding"] = base64 ? Base64(embedding.Vector) : Numbers(embedding.Vector) });
        }
        var answer = new JsonObject
        {
            ["object"] = "list",
            ["data"] = data,
            ["model"] = parts.Model.Info.Name,
            ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens },
        };
        await context.Response.WriteJsonAsync(answer, limit.Token);
    }

    private (IReadOnlyList<JsonElement> Inputs, bool Base64) Read(JsonElement body, ITextEmbedder embedder)
    {
        var fields = new RequestFields(body);
        EngineFields.RequireModel(fields, parts.Model.Info);
        fields.Ignore("user");
        if (fields.Whole("dimensions", 1, int.MaxValue) is { } dimensions && dimensions != embedder.EmbeddingLength)
            throw ApiException.Invalid($"'dimensions' is {dimensions}; this model's vectors have {embedder.EmbeddingLength}", "dimensions", "invalid_value");
        var base64 = fields.Text("encoding_format") switch
        {
            null or "float" => false,
            "base64" => true,
            _ => throw fields.Wrong("encoding_format", "float or base64", fields.Any("encoding_format")!.Value),
        };
        var input = fields.Any("input") ?? throw fields.Missing("input");
        fields.Close();
        if (IsOne(input))
            return ([input], base64);
        var inputs = fields.Items("input", MaxInputs);
        return inputs.Count > 0 && inputs.All(IsOne) ? (inputs, base64) : throw fields.Wrong("input", "a string, strings, the ids of tokens, or arrays of such ids", input);
    }

    private static bool IsOne(JsonElement input) => input.ValueKind == JsonValueKind.String || (TokenIds.Read(input) is { Length: > 0 });

    private static JsonArray Numbers(float[] vector) => new([.. vector.Select(number => (JsonNode)number)]);

    /// <summary>32-bit floats, little-endian.</summary>
    private static JsonValue Base64(float[] vector) => JsonValue.Create(Convert.ToBase64String(MemoryMarshal.AsBytes(vector.AsSpan())));
}
