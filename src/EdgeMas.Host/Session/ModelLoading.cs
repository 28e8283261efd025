using EdgeMas.Core.Models;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Shelf;
using EdgeMas.Inference;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Host.Session;

/// <summary>Takes a model from the shelf into memory.</summary>
internal static class ModelLoading
{
    /// <exception cref="ModelException">No such model, or it cannot be loaded; the message says how to mend it.</exception>
    public static async Task<(ILanguageModel Model, PromptStyle Style)> LoadAsync(ModelConfiguration wanted, ILogger logger, CancellationToken cancellationToken)
    {
        var card = ModelShelf.Open().Take(wanted);
        var options = new LlamaOptions { Threads = wanted.Threads ?? 0, GpuLayers = wanted.GpuLayers };
        return (await LlamaModel.LoadAsync(card, options, logger, progress: null, cancellationToken), card.Style);
    }
}
