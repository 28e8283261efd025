using EdgeMas.Core.Models;

namespace EdgeMas.Host.Serving;

/// <summary>What all endpoints share.</summary>
/// <param name="Embedder">Null where the model makes no embeddings.</param>
/// <param name="Constraints">Null where no grammar engine is plugged in.</param>
internal sealed record ServingParts(
    ILanguageModel Model, ITextEmbedder? Embedder, IConstraintCompiler? Constraints, ServingOptions Options, Admission Admission, ServingMetrics Metrics, TimeProvider Time)
{
    public long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Ends when the client leaves, or its answer takes too long.</summary>
    public CancellationTokenSource Limit(HttpContext context)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(Options.AnswerTimeout);
        return limit;
    }
}
