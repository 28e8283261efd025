using System.Text;
using System.Text.Json.Nodes;
using EdgeMas.Host.CommandLine;
using EdgeMas.Host.Serving;

namespace EdgeMas.Host.Bench;

/// <summary>Asks a server for one streamed completion and takes the times as its client sees them.</summary>
internal static class CompletionProbe
{
    private const string EventStart = "data: ";

    /// <param name="Pieces">Seconds from the request to each piece of output.</param>
    /// <param name="Whole">Seconds to its end.</param>
    /// <param name="Cached">Prompt tokens that the server says it did not compute.</param>
    public sealed record Times(IReadOnlyList<double> Pieces, double Whole, int Tokens, string Text, int Cached)
    {
        public double First => Pieces[0];
    }

    /// <exception cref="FailureException">The server refused; with its words.</exception>
    /// <param name="slot">Of llama-server, which chooses one itself where this is null.</param>
    public static async Task<Times> AskAsync(
        HttpClient http, IEnumerable<int> prompt, int outputTokens, string agent, string priority, CancellationToken cancellationToken, int? slot = null)
    {
        var body = new JsonObject
        {
            ["prompt"] = new JsonArray([.. prompt.Select(token => (JsonNode)token)]),
            ["max_tokens"] = outputTokens,
            ["temperature"] = 0,
            ["stream"] = true,
            ["stream_options"] = new JsonObject { ["include_usage"] = true },
        };
        if (slot is { } number)
            body["id_slot"] = number;
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/completions") { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Add(Caller.AgentHeader, agent);
        request.Headers.Add(Caller.PriorityHeader, priority);
        var started = TimeProvider.System.GetTimestamp();
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new FailureException($"{http.BaseAddress} answers {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        var pieces = new List<double>();
        var (tokens, cached) = (0, 0);
        var text = "";
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (!line.StartsWith(EventStart, StringComparison.Ordinal) || line.EndsWith("[DONE]", StringComparison.Ordinal))
                continue;
            var part = JsonNode.Parse(line[EventStart.Length..])!;
            if ((string?)(part["choices"] as JsonArray)?.FirstOrDefault()?["text"] is { Length: > 0 } piece)
            {
                pieces.Add(Seconds(started));
                text += piece;
            }
            tokens = (int?)part["usage"]?["completion_tokens"] ?? tokens;
            cached = (int?)part["usage"]?["prompt_tokens_details"]?["cached_tokens"] ?? cached;
        }
        return pieces.Count > 0 ? new Times(pieces, Seconds(started), tokens, text, cached) : throw new FailureException($"{http.BaseAddress} gave an empty answer");
    }

    private static double Seconds(long started) => TimeProvider.System.GetElapsedTime(started).TotalSeconds;
}
