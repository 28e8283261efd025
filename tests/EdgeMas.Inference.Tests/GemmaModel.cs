namespace EdgeMas.Inference.Tests;

/// <summary>Gemma 3 270M with the planner's adapter, loaded once for the tests of a class that do not change it.</summary>
public sealed class GemmaModel : IAsyncLifetime
{
    private LlamaModel? _model;

    /// <summary>Loaded by the first test that asks: a fixture that skips in its own start would fail all its tests.</summary>
    public async Task<LlamaModel> LoadAsync() => _model ??= await Models.LoadAsync(Models.Gemma());

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _model?.DisposeAsync() ?? ValueTask.CompletedTask;
}
