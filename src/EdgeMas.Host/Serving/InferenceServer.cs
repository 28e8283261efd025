using System.Net;
using EdgeMas.Core.Models;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Host.Serving;

/// <summary>Serves one model over HTTP, as OpenAI's interface has it. It listens before there is one: a taken port shows at once, and what is asked until then is answered with 503.</summary>
internal sealed class InferenceServer : IAsyncDisposable
{
    public const string HealthPath = "/health";

    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(10);

    private readonly WebApplication _application;
    private readonly ServingOptions _options;
    private readonly Admission _admission;
    private readonly ServingMetrics _metrics;
    private volatile ModelEndpoints? _endpoints;

    private InferenceServer(WebApplication application, ServingOptions options, ILogger logger)
    {
        _application = application;
        _options = options;
        _admission = new Admission(options);
        _metrics = new ServingMetrics(_admission);
        var gate = new RequestGate(options, _metrics, TimeProvider.System, logger);
        application.Use(next => context => gate.InvokeAsync(context, next));
        application.UseRouting();
        Map();
    }

    /// <summary>Where it listens: <c>http://127.0.0.1:8080/</c>.</summary>
    public Uri Url => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private ModelEndpoints Endpoints => _endpoints
        ?? throw new ApiException(StatusCodes.Status503ServiceUnavailable, "unavailable_error", $"the model is being loaded; {HealthPath} answers 200 when it is", code: "model_loading");

    /// <exception cref="IOException">The port is taken, or the address is none of this machine.</exception>
    public static async Task<InferenceServer> StartAsync(ServingOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestStop);
        var application = builder.Build();
        try
        {
            var server = new InferenceServer(application, options, logger);
            await application.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <param name="model">Not disposed with the server.</param>
    public void Serve(ILanguageModel model, IConstraintCompiler? constraints)
    {
        _metrics.Tell(model);
        _endpoints = new ModelEndpoints(new ServingParts(model, model as ITextEmbedder, constraints, _options, _admission, _metrics, TimeProvider.System));
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

    private void Map()
    {
        Post("/v1/chat/completions", endpoints => endpoints.Chat);
        Post("/v1/completions", endpoints => endpoints.Completion);
        Post("/v1/embeddings", endpoints => endpoints.Embedding);
        Get("/v1/models", endpoints => endpoints.ListAsync);
        Get("/v1/models/{name}", endpoints => endpoints.DescribeAsync);
        Get(HealthPath, endpoints => endpoints.HealthAsync);
        _application.MapGet("/metrics", _metrics.WriteAsync).WithDisplayName("/metrics");

        void Post(string path, Func<ModelEndpoints, RequestDelegate> handler) => _application.MapPost(path, context => handler(Endpoints)(context)).WithDisplayName(path);

        void Get(string path, Func<ModelEndpoints, RequestDelegate> handler) => _application.MapGet(path, context => handler(Endpoints)(context)).WithDisplayName(path);
    }
}
