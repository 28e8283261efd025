using System.CommandLine;
using System.Runtime.CompilerServices;
using EdgeMas.Core.Events;
using EdgeMas.Host.Top;
using Spectre.Console;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas top [--url URL | --data FOLDER | --broker URL]</c></summary>
internal static class TopVerb
{
    private const string UsualServer = "http://127.0.0.1:8080";
    private const int LargestAnswer = 4 << 20;

    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var url = new Option<string?>("--url") { Description = $"Of 'edgemas serve'; {UsualServer} when neither this is given nor a robot runs" };
        var every = new Option<double>("--every") { Description = "Seconds from look to look at a server; a robot tells every two seconds", DefaultValueFactory = _ => 1 };
        var once = new Option<bool>("--once") { Description = "Two looks, one answer" };
        var key = new Option<string?>("--api-key") { Description = "Where the server wants one; or set EDGEMAS_API_KEY" };
        var robot = new BrokerOptions();
        var verb = Verb.Create(
            "top", "Shows the agents of a robot or a server: which run and wait, what of their prompts was reused, tokens a second, the memory, and where satellites find a robot. --json prints a line each time.", "edgemas top --once --json");
        foreach (var option in new Option[] { url, every, once, key })
            verb.Add(option);
        robot.AddTo(verb);
        every.Validators.Add(given => Verb.Bound(given, 0.1, 3600));
        verb.Do(async (result, cancellationToken) =>
        {
            using var signals = new StopSignals(cancellationToken);
            if (result.GetValue(url) is not null && robot.IsGiven(result))
                throw new UsageException("edgemas: --url looks at a server, --data and --broker at a robot: give one of them");
            if ((result.GetValue(url) ?? (robot.IsGiven(result) || robot.FindsRobot(result) ? null : UsualServer)) is { } server)
            {
                using var http = new HttpClient { BaseAddress = AddressOf(server), Timeout = LongestAnswer, MaxResponseContentBufferSize = LargestAnswer };
                if ((result.GetValue(key) ?? Environment.GetEnvironmentVariable("EDGEMAS_API_KEY")) is { Length: > 0 } secret)
                    http.DefaultRequestHeaders.Authorization = new("Bearer", secret);
                await ShowAsync(LooksAtAsync(http, TimeSpan.FromSeconds(result.GetValue(every)), signals.Token), () => http.BaseAddress!.ToString(), static () => null, result.GetValue(once), result.GetValue(robot.Json));
                return ExitCode.Done;
            }
            await using var client = await robot.ConnectAsync(result, signals.Token);
            var watch = new EngineWatch(client);
            await ShowAsync(watch.ReadAllAsync(signals.Token).Select(MetricsText.Of), () => watch.Topic!, () => watch.Gnss, result.GetValue(once), result.GetValue(robot.Json));
            return ExitCode.Done;
        });
        return verb;
    }

    private static async IAsyncEnumerable<MetricsText> LooksAtAsync(HttpClient http, TimeSpan every, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            yield return await LookAsync(http, cancellationToken);
            await Task.Delay(every, TimeProvider.System, cancellationToken);
        }
    }

    private static async Task ShowAsync(IAsyncEnumerable<MetricsText> looks, Func<string> source, Func<GnssReport?> gnss, bool once, bool json)
    {
        MetricsText? before = null;
        var looked = TimeProvider.System.GetTimestamp();
        await foreach (var now in looks)
        {
            if (before is not null)
            {
                var view = new EngineView(now, before, TimeProvider.System.GetElapsedTime(looked).TotalSeconds, gnss());
                if (!json && !once)
                    AnsiConsole.Clear();
                if (json)
                    Console.WriteLine(view.ToJson().ToJsonString());
                else
                    AnsiConsole.Write(view.ToTable(source()));
                if (once)
                    return;
            }
            (before, looked) = (now, TimeProvider.System.GetTimestamp());
        }
    }

    private static Uri AddressOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? new Uri(address.ToString().TrimEnd('/') + "/")
        : throw new UsageException($"edgemas: --url is '{url}'; write an address such as http://127.0.0.1:8080");

    private static async Task<MetricsText> LookAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync("metrics", cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw new FailureException($"{http.BaseAddress}metrics answers {(int)response.StatusCode}{(response.StatusCode == System.Net.HttpStatusCode.Unauthorized ? ": give --api-key" : "")}");
            var metrics = MetricsText.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            return metrics.Has("edgemas_engine_running") ? metrics : throw new FailureException($"{http.BaseAddress}metrics is no server of EdgeMas");
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new FailureException($"{http.BaseAddress}metrics is no server of EdgeMas: its answer is longer than {LargestAnswer:N0} bytes");
        }
        catch (HttpRequestException exception)
        {
            throw new FailureException($"nobody answers at {http.BaseAddress}: {exception.Message}. Is 'edgemas serve' running there?");
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FailureException($"{http.BaseAddress} does not answer within {LongestAnswer.TotalSeconds} s: {exception.Message}");
        }
    }
}
