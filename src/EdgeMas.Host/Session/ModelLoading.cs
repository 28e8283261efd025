using EdgeMas.Core.Models;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Shelf;
using EdgeMas.Inference;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Host.Session;

/// <summary>Takes a model from the shelf into memory.</summary>
internal static class ModelLoading
{
    /// <summary>Below this size threads lose more by waiting for each other than they gain, above all on a busy computer.</summary>
    private const long TinyBytes = 32L << 20;

    /// <summary>The engine keeps its last two places for more urgent requests.</summary>
    private const int KeptPlaces = 2;

    public const int MostAgents = 64 - KeptPlaces;

    /// <exception cref="ModelException">No such model, or it cannot be loaded; the message says how to mend it.</exception>
    public static async Task<(ILanguageModel Model, PromptStyle Style)> LoadAsync(ModelConfiguration wanted, ILogger logger, CancellationToken cancellationToken)
    {
        var card = ModelShelf.Open().Take(wanted);
        var options = new LlamaOptions
        {
            Threads = wanted.Threads ?? (new FileInfo(card.Path).Length < TinyBytes ? 1 : 0),
            GpuLayers = wanted.GpuLayers,
            Running = wanted.Agents + KeptPlaces,
            StateFolder = wanted.StateFolder,
            StateBytes = wanted.StateBytes,
            Speculates = wanted.Speculates,
            KeptTokens = wanted.MemoryTokens is { } memory ? Math.Max(0, memory - (wanted.ContextTokens ?? card.ContextTokens)) : null,
        };
        return (await LlamaModel.LoadAsync(card, options, logger, progress: null, cancellationToken), card.Style);
    }
}
