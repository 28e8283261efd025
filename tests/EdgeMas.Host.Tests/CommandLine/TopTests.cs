using System.Text.Json.Nodes;
using EdgeMas.Host.CommandLine;
using EdgeMas.Host.Tests.Serving;
using EdgeMas.Host.Top;

namespace EdgeMas.Host.Tests.CommandLine;

public sealed class TopTests(PlannerServer planner) : IClassFixture<PlannerServer>
{
    [Fact]
    public async Task The_agents_of_a_server_are_told_with_what_they_reused()
    {
        using var http = new HttpClient { BaseAddress = await planner.StartAsync() };
        foreach (var agent in new[] { "critic", "planner", "planner" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "v1/completions") { Content = new StringContent("""{"prompt":"<|im_start|>user\nturn left<|im_end|>\n<|im_start|>assistant\n","max_tokens":4,"temperature":0}""", null, "application/json") };
            request.Headers.Add("X-EdgeMas-Agent", agent);
            (await http.SendAsync(request, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        }

        var now = MetricsText.Parse(await http.GetStringAsync("metrics", TestContext.Current.CancellationToken));
        var json = JsonNode.Parse(new EngineView(now, before: null, seconds: 0).ToJson().ToJsonString())!;

        Assert.Equal("planner", (string?)json["model"]);
        var agents = json["agents"]!.AsArray();
        Assert.Equal(["critic", "planner"], agents.Select(agent => (string?)agent!["agent"]));
        Assert.Equal(2, (double?)agents[1]!["requests"]);
        Assert.Equal(0, (double?)agents[1]!["running"]);
        Assert.Equal((double?)agents[1]!["prompt_tokens"] - 2, (double?)agents[1]!["reused_tokens"]); // all but the last token of each
        Assert.Equal(12, (double?)json["generated_tokens"]);
        Assert.True((double?)json["memory_bytes"] > 0 && (double?)json["cell_capacity"] > 0 && (double?)json["cells"] > 0);
    }

    [Fact]
    public void Speeds_are_those_since_the_last_look()
    {
        var before = MetricsText.Parse("edgemas_generated_tokens_total 10\nedgemas_agent_running{agent=\"a\"} 1\nedgemas_agent_generated_tokens_total{agent=\"a\"} 4\n");
        var now = MetricsText.Parse("# HELP x y\nedgemas_generated_tokens_total 30\nedgemas_agent_running{agent=\"a\"} 1\nedgemas_agent_generated_tokens_total{agent=\"a\"} 10\nhttp{path=\"/\",status=\"200\"} 3\n");

        var json = new EngineView(now, before, seconds: 2).ToJson();

        Assert.Equal(10, (double?)json["generated_tokens_per_second"]);
        Assert.Equal(3, (double?)json["agents"]![0]!["generated_tokens_per_second"]);
        Assert.Empty(now.By("http", "path"));
    }

    [Theory]
    [InlineData("ftp://x", ExitCode.Usage)]
    [InlineData("http://127.0.0.1:9", ExitCode.Failed)] // the discard port: nobody listens
    public async Task A_server_that_is_not_there_is_told_in_one_line(string url, int code)
    {
        Assert.Equal(code, await RootVerb.RunAsync(["top", "--url", url, "--once"]));
    }
}
