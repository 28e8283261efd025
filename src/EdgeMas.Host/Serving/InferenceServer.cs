using System.Net;
using System.Text.Json.Nodes;
using EdgeMas.Core.Models;
using EdgeMas.Host.CommandLine;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Host.Serving;

/// <summary>Serves one model over HTTP, as OpenAI's interface has it.</summary>
internal sealed class InferenceServer : IAsyncDisposable
{
    public const string HealthPath = "/health";

    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(10);

    private readonly WebApplication _application;

    private InferenceServer(WebApplication application, Uri url)
    {
        _application = application;
        Url = url;
    }

    /// <summary>Where it listens: <c>http://127.0.0.1:8080/</c>.</summary>
    public Uri Url { get; }

    /// <param name="model">Not disposed with the server.</param>
    /// <exception cref="IOException">The port is taken, or the address is none of this machine.</exception>
    public static async Task<InferenceServer> StartAsync(ILanguageModel model, IConstraintCompiler? constraints, ServingOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestStop);
        var application = builder.Build();
        var admission = new Admission(options);
        var parts = new ServingParts(model, model as ITextEmbedder, constraints, options, admission, new ServingMetrics(model, admission), TimeProvider.System);
        var gate = new RequestGate(parts, logger);
        application.Use(next => context => gate.InvokeAsync(context, next));
        application.UseRouting();
        Map(application, parts);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
        return new InferenceServer(application, new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));
    }

    /// <summary>Ends running answers.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions kestrel, ServingOptions options)
    {
        kestrel.Listen(new IPEndPoint(options.Address, options.Port), listen => listen.Protocols = HttpProtocols.Http1);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
        kestrel.Limits.MaxRequestBodySize = RequestBody.MostDiscarded;
        kestrel.Limits.RequestHeadersTimeout = options.ReadTimeout;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
    }

    private static void Map(WebApplication application, ServingParts parts)
    {
        Post("/v1/chat/completions", new ChatEndpoint(parts).HandleAsync);
        Post("/v1/completions", new CompletionEndpoint(parts).HandleAsync);
        Post("/v1/embeddings", new EmbeddingEndpoint(parts).HandleAsync);
        Get("/v1/models", context => WriteAsync(context, new JsonObject { ["object"] = "list", ["data"] = new JsonArray([.. EngineFields.NamesOf(parts.Model.Info).Select(name => Describe(parts, name))]) }));
        Get("/v1/models/{name}", context => (string?)context.Request.RouteValues["name"] is { } name && EngineFields.NamesOf(parts.Model.Info).Contains(name, StringComparer.Ordinal)
            ? WriteAsync(context, Describe(parts, name))
            : throw new ApiException(StatusCodes.Status404NotFound, "invalid_request_error", $"there is no such model here; this server has '{parts.Model.Info.Name}'", "model", "model_not_found"));
        Get(HealthPath, context => WriteAsync(context, new JsonObject { ["status"] = "ok", ["model"] = parts.Model.Info.Name }));
        Get("/metrics", parts.Metrics.WriteAsync);

        void Post(string path, RequestDelegate handle) => application.MapPost(path, handle).WithDisplayName(path);

        void Get(string path, RequestDelegate handle) => application.MapGet(path, handle).WithDisplayName(path);
    }

    private static JsonObject Describe(ServingParts parts, string name) => new()
    {
        ["id"] = name,
        ["object"] = "model",
        ["created"] = 0,
        ["owned_by"] = "edgemas",
        ["description"] = parts.Model.Info.Description,
        ["context_length"] = parts.Model.Info.ContextTokens,
        ["vocabulary_size"] = parts.Model.Info.VocabularySize,
    };

    private static Task WriteAsync(HttpContext context, JsonObject body) => context.Response.WriteAsJsonAsync(body, JsonText.Options, context.RequestAborted);
}
