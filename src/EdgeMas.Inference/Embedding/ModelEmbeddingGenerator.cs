using EdgeMas.Core.Models;
using Microsoft.Extensions.AI;

namespace EdgeMas.Inference.Embedding;

/// <summary>A model in this process as <see cref="IEmbeddingGenerator{String, Embedding}"/>. Any thread; texts are computed one after another. Vectors have length 1.</summary>
/// <param name="embedder">Not disposed with the generator.</param>
/// <param name="model">The model's name, as answers and metadata show it.</param>
public sealed class ModelEmbeddingGenerator(ITextEmbedder embedder, string model) : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>A vector for each text, in their order, and the tokens computed for all. Dimensions other than the model's are refused, not cut.</summary>
    /// <exception cref="ModelException">A text is empty or longer than the context, or the options ask for another model or other dimensions.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options?.ModelId is { } asked && asked != model)
            throw new ModelException(model, $"'{asked}' is not loaded; leave ModelId out, or name '{model}'");
        if (options?.Dimensions is { } dimensions && dimensions != embedder.EmbeddingLength)
            throw new ModelException(model, $"its vectors have {embedder.EmbeddingLength} dimensions, not {dimensions}; leave Dimensions out");
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        var tokens = 0L;
        foreach (var text in values)
        {
            var embedding = await embedder.EmbedAsync(text, cancellationToken);
            embeddings.Add(new Embedding<float>(embedding.Vector) { ModelId = model });
            tokens += embedding.Tokens;
        }
        embeddings.Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens };
        return embeddings;
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        if (serviceType == typeof(EmbeddingGeneratorMetadata))
            return new EmbeddingGeneratorMetadata("edgemas", defaultModelId: model, defaultModelDimensions: embedder.EmbeddingLength);
        return serviceType.IsInstanceOfType(this) ? this : serviceType.IsInstanceOfType(embedder) ? embedder : null;
    }

    public void Dispose()
    {
        // The model belongs to who loaded it.
    }
}
