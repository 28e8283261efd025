using System.CommandLine;
using EdgeMas.Host.Top;
using Spectre.Console;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas top --url URL</c></summary>
internal static class TopVerb
{
    private const int LargestAnswer = 4 << 20;

    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var url = new Option<string>("--url") { Description = "Of 'edgemas serve'", DefaultValueFactory = _ => "http://127.0.0.1:8080" };
        var every = new Option<double>("--every") { Description = "Seconds from look to look", DefaultValueFactory = _ => 1 };
        var once = new Option<bool>("--once") { Description = "Two looks, one answer" };
        var key = new Option<string?>("--api-key") { Description = "Where the server wants one; or set EDGEMAS_API_KEY" };
        var json = Verb.JsonOption();
        var verb = Verb.Create(
            "top", "Shows the agents of a server: which run and wait, what of their prompts was reused, tokens a second, the memory. --json prints a line each time.", "edgemas top --url http://127.0.0.1:8080 --once --json");
        foreach (var option in new Option[] { url, every, once, key, json })
            verb.Add(option);
        every.Validators.Add(given => Verb.Bound(given, 0.1, 3600));
        verb.Do(async (result, cancellationToken) =>
        {
            using var signals = new StopSignals(cancellationToken);
            using var http = new HttpClient { BaseAddress = AddressOf(result.GetValue(url)!), Timeout = LongestAnswer, MaxResponseContentBufferSize = LargestAnswer };
            if ((result.GetValue(key) ?? Environment.GetEnvironmentVariable("EDGEMAS_API_KEY")) is { Length: > 0 } secret)
                http.DefaultRequestHeaders.Authorization = new("Bearer", secret);
            var before = await LookAsync(http, signals.Token);
            var looked = TimeProvider.System.GetTimestamp();
            do
            {
                await Task.Delay(TimeSpan.FromSeconds(result.GetValue(every)), TimeProvider.System, signals.Token);
                var now = await LookAsync(http, signals.Token);
                var view = new EngineView(now, before, TimeProvider.System.GetElapsedTime(looked).TotalSeconds);
                (before, looked) = (now, TimeProvider.System.GetTimestamp());
                if (result.GetValue(json))
                {
                    Console.WriteLine(view.ToJson().ToJsonString());
                    continue;
                }
                if (!result.GetValue(once))
                    AnsiConsole.Clear();
                AnsiConsole.Write(view.ToTable(http.BaseAddress!.ToString()));
            }
            while (!result.GetValue(once));
            return ExitCode.Done;
        });
        return verb;
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
