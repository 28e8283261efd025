using EdgeMas.Core.Models;

namespace EdgeMas.Benchmarks;

/// <summary>Stands where the model would: what the host costs without one.</summary>
internal sealed class NoModel : ILanguageModel
{
    public LanguageModelInfo Info { get; } = new("none", "no model", "none", 0, 0, 0, 0);

    public LanguageModelCounters Counters => default;

    public Task<GenerationResult> GenerateAsync(GenerationRequest request, Action<string>? onText, CancellationToken cancellationToken) =>
        throw new ModelException("none", "this benchmark runs without a model");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
