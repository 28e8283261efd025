using EdgeMas.Core.Models;
using EdgeMas.Grammar.Constraints;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Serving;
using EdgeMas.Host.Session;
using EdgeMas.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Host.Tests.Serving;

/// <summary>The in-box planner behind a server on a free port, started by the first test that asks.</summary>
public sealed class PlannerServer : IAsyncLifetime
{
    private ILanguageModel? _model;
    private InferenceServer? _server;

    /// <summary>Requests that the engine computes or that wait for it.</summary>
    public int Running => _model!.Counters.Running + _model.Counters.Waiting;

    /// <summary>With a slash at its end.</summary>
    public async Task<Uri> StartAsync()
    {
        if (_server is not null)
            return _server.Url;
        SharedFiles.RequireNative(NativeFolder);
        (_model, _) = await ModelLoading.LoadAsync(new ModelConfiguration("planner", null, 1, 0, null), NullLogger.Instance, CancellationToken.None);
        _server = await InferenceServer.StartAsync(new ServingOptions(), NullLogger.Instance, CancellationToken.None);
        _server.Serve(_model, GrammarConstraints.For(_model));
        return _server.Url;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        if (_model is not null)
            await _model.DisposeAsync();
    }

    private static string NativeFolder => $"node_modules/@node-llama-cpp/{Core.Assets.AssetLocator.Platform}/bins/{Core.Assets.AssetLocator.Platform}";
}
