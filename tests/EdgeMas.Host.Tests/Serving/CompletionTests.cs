using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EdgeMas.Host.Tests.Serving;

/// <summary><c>/v1/completions</c> of the in-box planner, which OpenAI's client for .NET does not have.</summary>
public sealed class CompletionTests(PlannerServer server) : IClassFixture<PlannerServer>
{
    private const string Prompt = "<|im_start|>system\nTools:\nturn(angle_deg)<|im_end|>\n<|im_start|>user\nturn left<|im_end|>\n<|im_start|>assistant\n";
    private const string Answer = """[{"name":"turn","arguments":{"angle_deg":90}}]""";

    [Fact]
    public async Task A_prompt_with_control_tokens_is_taken_as_it_is_written()
    {
        var answer = await PostAsync(new { prompt = Prompt, temperature = 0, max_tokens = 40 });

        Assert.Equal(Answer, (string?)answer["choices"]![0]!["text"]);
        Assert.Equal("stop", (string?)answer["choices"]![0]!["finish_reason"]);
    }

    [Fact]
    public async Task The_ids_of_tokens_are_a_prompt_too_and_what_is_known_of_it_is_not_computed_again()
    {
        int[] prompt = [.. Enumerable.Range(100, 50)];

        var first = await PostAsync(new { prompt, temperature = 0, max_tokens = 8 });
        var longer = await PostAsync(new { prompt = prompt.Append(7).ToArray(), temperature = 0, max_tokens = 8 });

        Assert.Equal(50, (int?)first["usage"]!["prompt_tokens"]);
        Assert.Equal(0, (int?)first["usage"]!["prompt_tokens_details"]!["cached_tokens"]);
        Assert.Equal(50, (int?)longer["usage"]!["prompt_tokens_details"]!["cached_tokens"]);
    }

    [Fact]
    public async Task A_stream_has_the_same_text_the_usage_and_an_end()
    {
        using var http = new HttpClient { BaseAddress = await server.StartAsync() };
        using var response = await http.PostAsJsonAsync(
            "v1/completions", new { prompt = Prompt, temperature = 0, max_tokens = 40, stream = true, stream_options = new { include_usage = true } }, TestContext.Current.CancellationToken);
        var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        var events = lines[..^1].Select(line => JsonNode.Parse(line["data: ".Length..])!).ToList();

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("data: [DONE]", lines[^1]);
        Assert.Equal(Answer, string.Concat(events[..^1].Select(part => (string?)part["choices"]![0]!["text"])));
        Assert.Equal("stop", (string?)events[^2]["choices"]![0]!["finish_reason"]);
        Assert.Empty(events[^1]["choices"]!.AsArray());
        Assert.True((int?)events[^1]["usage"]!["completion_tokens"] > 5);
    }

    [Theory]
    [InlineData("[1, 2, 4096]", "token 4096")]
    [InlineData("[1, -2]", "token -2")]
    [InlineData("[]", "the prompt is empty")]
    [InlineData("\"\"", "the prompt is empty")]
    public async Task A_prompt_that_is_none_is_refused_with_the_reason(string prompt, string reason) =>
        Assert.Contains(reason, (string?)(await PostAsync(JsonNode.Parse($$"""{"prompt": {{prompt}}}""")!, 400))["error"]!["message"]);

    [Fact]
    public async Task A_prompt_longer_than_the_context_is_refused_with_both_lengths()
    {
        var error = (string?)(await PostAsync(new { prompt = Enumerable.Repeat(50, 2000).ToArray() }, 400))["error"]!["message"];

        Assert.Contains("the prompt has 2000 tokens and the context 1024", error);
    }

    [Fact]
    public async Task Metrics_count_computed_and_reused_tokens()
    {
        await PostAsync(new { prompt = Prompt, max_tokens = 1 });
        await PostAsync(new { prompt = Prompt, max_tokens = 1 });
        using var http = new HttpClient { BaseAddress = await server.StartAsync() };

        var metrics = await http.GetStringAsync("metrics", TestContext.Current.CancellationToken);

        Assert.Matches(@"edgemas_prompt_tokens_reused_total [1-9]", metrics);
        Assert.Matches(@"edgemas_http_requests_total\{path=""/v1/completions"",status=""200""\} [1-9]", metrics);
        Assert.Matches(@"edgemas_engine_batches_total [1-9]", metrics);
        Assert.Matches(@"edgemas_engine_computed_tokens_total [1-9]", metrics);
        Assert.Matches(@"edgemas_engine_cells [1-9]", metrics);
        foreach (var counter in (string[])["shared_batches_total", "aborted_batches_total", "preemptions_total", "evicted_tokens_total", "refused_total", "running", "waiting"])
            Assert.Matches($@"(?m)^edgemas_engine_{counter} \d+$", metrics);
        Assert.Contains("edgemas_model_info{name=\"planner\"", metrics);
    }

    private async Task<JsonNode> PostAsync(object body, int status = 200)
    {
        using var http = new HttpClient { BaseAddress = await server.StartAsync() };
        using var response = await http.PostAsJsonAsync("v1/completions", body, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)response.StatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
