using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using EdgeMas.Core.Models;
using EdgeMas.Grammar.Constraints;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Robot;
using EdgeMas.Host.Serving;
using EdgeMas.Host.Session;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas serve --model FILE|CARD --port N</c></summary>
internal static class ServeVerb
{
    private const string KeyVariable = "EDGEMAS_API_KEY";
    private const long LargestLog = 64 << 20;

    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "A card of models/manifest.yaml, or a GGUF file", DefaultValueFactory = _ => "planner" };
        var port = new Option<int>("--port") { Description = "0 for any free one", DefaultValueFactory = _ => 8080 };
        var host = new Option<string>("--host") { Description = "Address to listen on; 0.0.0.0 for all of this machine's", DefaultValueFactory = _ => "127.0.0.1" };
        var key = new Option<string?>("--api-key") { Description = $"What clients must send as Authorization: Bearer KEY; or set {KeyVariable}" };
        var context = new Option<int?>("--context") { Description = "Tokens that prompt and answer of one request may have together" };
        var memory = new Option<int?>("--memory") { Description = "Tokens that stay in memory for all agents together, what they begin with alike counted once; twice the context when not given" };
        var threads = new Option<int?>("--threads") { Description = "CPU threads of the model" };
        var gpu = new Option<int>("--gpu-layers") { Description = "Layers that a GPU holds, -1 for all" };
        var requests = new Option<int>("--max-requests") { Description = "Requests at work or waiting; more are answered with 429", DefaultValueFactory = _ => new ServingOptions().MaxRequests };
        var agents = new Option<int>("--agents") { Description = "Requests computed together; more wait for their turn", DefaultValueFactory = _ => 8 };
        var logFile = new Option<string?>("--log") { Description = $"File for the log, up to {LargestLog >> 20} MB; without it warnings and errors go to standard error" };
        var state = new Option<string?>("--state") { Description = "Folder where prompts in the memory are kept, so that the next start need not compute them again" };
        var lora = new Option<string[]>("--lora") { Description = "A LoRA adapter that requests can ask for: NAME=FILE, or NAME=FILE:SCALE; may be given several times", Arity = ArgumentArity.ZeroOrMore };
        var plain = new Option<bool>("--no-speculation") { Description = "Do not guess how outputs go on; without it that is done where it pays, and outputs stay the same" };
        var json = Verb.JsonOption();
        var verb = Verb.Create(
            "serve",
            "Serves a model over HTTP: /v1/chat/completions, /v1/completions, /v1/embeddings and /v1/models as OpenAI has them, /health and /metrics.",
            "edgemas serve --model planner --port 8080");
        foreach (var option in new Option[] { model, port, host, key, context, memory, threads, gpu, agents, requests, state, lora, plain, logFile, json })
            verb.Add(option);
        Between(port, 0, IPEndPoint.MaxPort);
        Between(agents, 1, ModelLoading.MostAgents);
        Between(requests, 1, 10_000);
        memory.Validators.Add(given => Verb.Bound(given, 256, 1 << 24));
        verb.Do(async (result, cancellationToken) =>
        {
            var options = new ServingOptions
            {
                Address = AddressOf(result.GetValue(host)!),
                Port = result.GetValue(port),
                ApiKey = KeyOf(result.GetValue(key)),
                MaxRequests = result.GetValue(requests),
            };
            using var signals = new StopSignals(cancellationToken);
            using var log = LogTo(result.GetValue(logFile));
            var wanted = new ModelConfiguration(result.GetValue(model)!, null, result.GetValue(threads), result.GetValue(gpu), result.GetValue(context)) 
            {
                Agents = result.GetValue(agents),
                StateFolder = result.GetValue(state),
                Adapters = [.. (result.GetValue(lora) ?? []).Select(AdapterOf)],
                Speculates = !result.GetValue(plain),
                MemoryTokens = result.GetValue(memory),
            };
            await using var loading = new LoadingModel(token => ModelLoading.LoadAsync(wanted, log.CreateLogger("engine"), token), signals.Token);
            await using var server = await InferenceServer.StartAsync(options, log.CreateLogger("server"), signals.Token);
            var loaded = await loading.Model;
            server.Serve(loaded, GrammarConstraints.For(loaded));
            Console.WriteLine(result.GetValue(json)
                ? new JsonObject { ["url"] = server.Url.ToString(), ["model"] = loaded.Info.Name }.ToJsonString(JsonText.Options)
                : $"{loaded.Info.Name} ({loaded.Info.Description}, context {loaded.Info.ContextTokens} tokens) at {server.Url}v1; Ctrl-C ends");
            if (!IPAddress.IsLoopback(options.Address) && options.ApiKey is null)
                await Console.Error.WriteLineAsync($"edgemas: whoever reaches {server.Url} may use the model: --api-key KEY or {KeyVariable} closes it");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, signals.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            return ExitCode.Done;
        });
        return verb;
    }

    private static AdapterCard AdapterOf(string given)
    {
        var equals = given.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1 || equals == given.Length - 1)
            throw new UsageException($"edgemas: --lora is '{given}'; write NAME=FILE, or NAME=FILE:SCALE");
        var (name, file, scale) = (given[..equals], given[(equals + 1)..], 1f);
        if (file.LastIndexOf(':') is > 0 and var colon && float.TryParse(file.AsSpan(colon + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            (file, scale) = (file[..colon], number);
        return new AdapterCard(name, file, scale);
    }

    private static void Between(Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() is var value && (value < least || value > most))
            result.AddError($"{option.Name} is {value}; it must be {least} to {most}");
    });

    private static ILoggerFactory LogTo(string? file)
    {
        if (file is null)
        {
            return LoggerFactory.Create(log => log.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(line => line.TimestampFormat = "HH:mm:ss.fff ")
                .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        }
        try
        {
            return new FileLog(Path.GetFullPath(file), TimeProvider.System, LargestLog);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"edgemas: --log: {exception.Message}");
        }
    }

    private static IPAddress AddressOf(string host) => host switch
    {
        "localhost" => IPAddress.Loopback,
        _ => IPAddress.TryParse(host, out var address) ? address : throw new UsageException($"edgemas: --host is '{host}'; it must be an address such as 127.0.0.1, 0.0.0.0 or ::1"),
    };

    private static string? KeyOf(string? given)
    {
        var key = given ?? Environment.GetEnvironmentVariable(KeyVariable);
        return key is null || key.Length > 0 ? key : throw new UsageException($"edgemas: the API key is empty; leave --api-key and {KeyVariable} out to serve without one");
    }
}
