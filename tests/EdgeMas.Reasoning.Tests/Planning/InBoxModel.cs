using EdgeMas.Core.Assets;
using EdgeMas.Core.Models;
using EdgeMas.Grammar.Constraints;
using EdgeMas.Inference;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: AssemblyFixture(typeof(EdgeMas.Reasoning.Tests.Planning.InBoxModel))]

namespace EdgeMas.Reasoning.Tests.Planning;

/// <summary>The in-box planner's model, loaded once for all tests that ask it.</summary>
public sealed class InBoxModel : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private LlamaModel? _model;
    private IConstraintCompiler? _constraints;

    /// <summary>Skips the calling test where llama.cpp's libraries were not set up.</summary>
    internal async Task<ILanguageModel> GetAsync()
    {
        Testing.SharedFiles.RequireNative($"node_modules/@node-llama-cpp/{AssetLocator.Platform}");
        await _gate.WaitAsync(TimeSpan.FromSeconds(60));
        try
        {
            return _model ??= await LlamaModel.LoadAsync(
                new ModelCard("planner", AssetLocator.FindModel("planner.gguf")!, null, PromptStyle.PlannerChatMl, "Apache-2.0", 2_048),
                new LlamaOptions { Threads = 1, MaxQueue = 64 }, NullLogger.Instance, null, CancellationToken.None);
        }
        finally
        {
            _gate.Release();
        }
    }

    internal async Task<IConstraintCompiler> ConstraintsAsync()
    {
        var model = await GetAsync();
        return _constraints ??= GrammarConstraints.For(model)!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_model is not null)
            await _model.DisposeAsync();
        _gate.Dispose();
    }
}
