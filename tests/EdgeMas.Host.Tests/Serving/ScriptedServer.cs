using System.Text.Json.Nodes;
using EdgeMas.Core.Models;
using EdgeMas.Host.Serving;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Host.Tests.Serving;

/// <summary>A server around a scripted model, and a plain client of it.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly InferenceServer _server;

    private ScriptedServer(InferenceServer server)
    {
        _server = server;
        Http = new HttpClient { BaseAddress = server.Url, Timeout = TimeSpan.FromMinutes(1) };
    }

    public HttpClient Http { get; }

    public Uri Url => _server.Url;

    public static async Task<ScriptedServer> StartAsync(ScriptedModel model, ServingOptions? options = null, IConstraintCompiler? constraints = null)
    {
        var server = await StartLoadingAsync(options);
        server.Serve(model, constraints);
        return server;
    }

    /// <summary>One whose model is still being loaded.</summary>
    public static async Task<ScriptedServer> StartLoadingAsync(ServingOptions? options = null) =>
        new(await InferenceServer.StartAsync(options ?? new ServingOptions(), NullLogger.Instance, TestContext.Current.CancellationToken));

    public void Serve(ScriptedModel model, IConstraintCompiler? constraints = null) => _server.Serve(model, constraints);

    public async Task<(int Status, JsonNode Body)> PostAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body) };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
    }
}
