namespace EdgeMas.Inference.Tests;

/// <summary>The in-box planner, loaded once for the tests of a class that do not change it.</summary>
public sealed class PlannerModel : IAsyncLifetime
{
    private LlamaModel? _model;

    /// <summary>Loaded by the first test that asks: a fixture that skips in its own start would fail all its tests.</summary>
    public async Task<LlamaModel> LoadAsync() => _model ??= await Models.LoadAsync(Models.Planner());

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _model?.DisposeAsync() ?? ValueTask.CompletedTask;
}
