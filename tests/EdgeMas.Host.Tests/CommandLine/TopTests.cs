using System.Text.Json.Nodes;
using EdgeMas.Core.Events;
using EdgeMas.Core.Models;
using EdgeMas.Host.CommandLine;
using EdgeMas.Host.Remote;
using EdgeMas.Host.Tests.Robot;
using EdgeMas.Host.Tests.Serving;
using EdgeMas.Host.Top;
using EdgeMas.Mqtt.Access;
using EdgeMas.Mqtt.Embedded;
using EdgeMas.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

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

    [Fact]
    public async Task A_robots_planner_is_told_on_the_bus_with_what_it_reused()
    {
        await using var robot = await HostedRobot.StartAsync("fast");
        await robot.OrderAsync("turn left");
        await robot.OrderAsync("turn right");
        await using var client = await BrokerClient.ConnectAsync(robot.Host.Configuration.DataDirectory, null, TestContext.Current.CancellationToken);
        var watch = new EngineWatch(client);

        EngineReport? told = null;
        await foreach (var report in watch.ReadAllAsync(Until.Deadline()))
        {
            told = report;
            if (report.Counters.Requests >= 2)
                break;
        }
        var json = new EngineView(MetricsText.Of(told!), before: null, seconds: 0).ToJson();

        Assert.Equal($"{robot.Host.Topics.Root}/health", watch.Topic);
        Assert.Equal("planner", (string?)json["model"]);
        var planner = json["agents"]!.AsArray().Single(agent => (string?)agent!["agent"] == "planner")!;
        Assert.Equal(2, (double?)planner["requests"]);
        Assert.True((double?)planner["reused_tokens"] > (double?)planner["prompt_tokens"] / 3 && (double?)planner["generated_tokens"] > 10, json.ToJsonString());
        Assert.Equal(robot.Model.Info.MemoryCells, (double?)json["cell_capacity"]);
        Assert.Equal((double)robot.Model.Counters.Batches, (double?)json["batches"]);
    }

    [Fact]
    public async Task What_comes_on_the_healths_topic_and_is_none_is_passed_over_and_alone_counts_as_silence()
    {
        var user = new BrokerUser("anyone", "secret", ["#"], ["#"]);
        await using var broker = new EmbeddedBroker(new EmbeddedBrokerOptions { Users = [user] }, NullLogger.Instance);
        await broker.StartAsync(Until.Deadline());
        await using var client = await BrokerClient.ConnectAsync("", $"mqtt://anyone:secret@127.0.0.1:{broker.Endpoint.Port}", TestContext.Current.CancellationToken);
        var watch = new EngineWatch(client);
        await using var reports = watch.ReadAllAsync(Until.Deadline()).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var first = reports.MoveNextAsync().AsTask();
        const string topic = "edgemas/v1/yard/rover/health";
        string[] nonsense =
        [
            "", "no JSON", "null", "42", "[]", "{}", """{"uptime_seconds":"a"}""", new string('[', 5_000), Health("""{"model":null}"""),
            Engine("null"), Engine("[null]"), Engine("[{}]"),
        ];
        foreach (var body in nonsense)
            await client.PublishAsync(topic, body, retain: false, TestContext.Current.CancellationToken);

        Assert.False(first.IsCompleted, first.Exception?.ToString());
        await client.PublishAsync(topic, Engine("[]"), retain: false, TestContext.Current.CancellationToken);
        Assert.True(await first);
        Assert.Equal(7, reports.Current.MemoryCells);
        Assert.Null(watch.Gnss);
        foreach (var (robot, body) in new[] { ("rover", "no JSON"), ("other", """{"quality":"none"}"""), ("rover", """{"quality":"satellites","latitude_degrees":48.1,"longitude_degrees":11.5,"satellites":9}""") })
            await client.PublishAsync($"edgemas/v1/yard/{robot}/position/gnss", body, retain: false, TestContext.Current.CancellationToken);
        await client.PublishAsync(topic, Engine("[]"), retain: false, TestContext.Current.CancellationToken);
        Assert.True(await reports.MoveNextAsync());
        Assert.Equal(("satellites", 48.1, 9), (watch.Gnss!.Quality, watch.Gnss.LatitudeDegrees, watch.Gnss.Satellites));
        var silence = await Assert.ThrowsAsync<FailureException>(async () => await reports.MoveNextAsync());
        Assert.Contains("does the robot run", silence.Message);

        static string Engine(string agents) => Health($$"""{"model":"m","memory_cells":7,"memory_bytes":1,"counters":{"requests":0,"prompt_tokens":0,"reused_tokens":0,"generated_tokens":0,"busy_seconds":0,"generation_seconds":0},"agents":{{agents}}}""");

        static string Health(string engine) => $$"""{"uptime_seconds":1,"resident_bytes":1,"bus_dropped":0,"broker_connected":true,"degraded":null,"engine":{{engine}}}""";
    }

    [Fact]
    public void Where_satellites_find_a_robot_is_told_beside_its_engine()
    {
        var metrics = MetricsText.Parse("edgemas_generated_tokens_total 30\n");

        Assert.Null(new EngineView(metrics, before: null, seconds: 0).ToJson()["gnss"]);
        var json = new EngineView(metrics, before: null, seconds: 0, new GnssReport("satellites", 48.1, 11.5, HorizontalDilution: 0.9)).ToJson();
        Assert.Equal("""{"quality":"satellites","latitude_degrees":48.1,"longitude_degrees":11.5,"horizontal_dilution":0.9}""", json["gnss"]!.ToJsonString());

        var output = new StringWriter();
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No }).Write(
            new EngineView(metrics, before: null, seconds: 0, new GnssReport("none", Trouble: "[red]no\u001b fix")).ToTable("x"));
        Assert.Contains("GNSS [red]no", output.ToString());
        Assert.DoesNotContain('\u001b', output.ToString());
    }

    [Fact]
    public void A_name_cannot_steer_the_terminal()
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        var counters = default(LanguageModelCounters);

        console.Write(new EngineView(MetricsText.Of(new EngineReport("\u001b[2Jm\n", 1, 1, counters, [new AgentModelCounters("[red]a\u001b]0;x\u0007", 0, 0, 0, 0, 0, 0)])), before: null, seconds: 0).ToTable("edgemas/\u001bc"));

        Assert.DoesNotContain('\u001b', output.ToString());
        Assert.DoesNotContain('\u0007', output.ToString());
        Assert.Contains("[red]a", output.ToString());
    }

    [Fact]
    public async Task Looking_at_a_server_and_a_robot_at_once_is_refused_and_a_folder_without_a_robot_is_told()
    {
        Assert.Equal(ExitCode.Usage, await RootVerb.RunAsync(["top", "--url", "http://127.0.0.1:9", "--data", "x", "--once"]));
        Assert.Equal(ExitCode.Failed, await RootVerb.RunAsync(["top", "--data", "/nowhere", "--once"]));
    }

    [Theory]
    [InlineData("ftp://x", ExitCode.Usage)]
    [InlineData("http://127.0.0.1:9", ExitCode.Failed)] // the discard port: nobody listens
    public async Task A_server_that_is_not_there_is_told_in_one_line(string url, int code)
    {
        Assert.Equal(code, await RootVerb.RunAsync(["top", "--url", url, "--once"]));
    }
}
