using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using EdgeMas.Core.Models;
using EdgeMas.Host.Serving;

namespace EdgeMas.Host.Tests.Serving;

/// <summary>What is refused, and what is not.</summary>
public sealed class RefusalTests
{
    private const string Chat = "v1/chat/completions";
    private const string Messages = "\"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]";

    [Theory]
    [InlineData("", "the body is no JSON", null)]
    [InlineData("{", "the body is no JSON", null)]
    [InlineData("[]", "must be a JSON object", "")]
    [InlineData("""{"messages": []}""", "missing", "messages")]
    [InlineData("""{"messages": "hello"}""", "must be an array", "messages")]
    [InlineData("""{"messages": [{"role": "king", "content": "x"}]}""", "must be system", "messages[0].role")]
    [InlineData("""{"messages": [{"role": "user"}]}""", "missing", "messages[0].content")]
    [InlineData("""{"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}""", "text only", "messages[0].content[0].type")]
    [InlineData("""{"messages": [{"role": "user", "content": "x", "weight": 2}]}""", "not supported", "messages[0].weight")]
    [InlineData("""{"messages": [{"role": "user", "content": "x"}], "messages": []}""", "the body is no JSON", null)]
    [InlineData("""{"messages": [{"role": "user", "content": "\ud800"}]}""", "half of a surrogate pair", null)]
    [InlineData("""{"messages": [{"role": "user", "content": "x"}], "\udc00": 1}""", "half of a surrogate pair", null)]
    [InlineData("""{"messages": [{"role": "assistant", "tool_calls": [{"id": "a", "function": {"name": "b", "arguments": "{\"c\": \"\\ud800\"}"}}]}]}""", "a JSON object", "messages[0].tool_calls[0].function.arguments")]
    [InlineData($$$$"""{ {{{{Messages}}}}, "temperature": 3}""", "from 0 to 2", "temperature")]
    [InlineData($$$$"""{ {{{{Messages}}}}, "temperature": "hot"}""", "from 0 to 2", "temperature")]
    [InlineData($$$$"""{ {{{{Messages}}}}, "top_p": 0}""", "above 0", "top_p")]
    [InlineData($$$$"""{ {{{{Messages}}}}, "max_tokens": 1000000}""", "context has 1000 tokens", "max_tokens")]
    [InlineData($$$$"""{ {{{{Messages}}}}, "max_tokens": 0}""", "whole number", "max_tokens")]
    [InlineData($$$$"""{ {{{{Messages}}}}, "max_tokens": 1e400}""", "whole number", "max_tokens")]
    [InlineData($$$$"""{ {{{{Messages}}}}, "n": 2}""", "must be 1", "n")]
    [InlineData($$$$"""{ {{{{Messages}}}}, "logprobs": true}""", "not supported", "logprobs")]
    [InlineData($$$$"""{ {{{{Messages}}}}, "logit_bias": {"5": 1}}""", "not supported", "logit_bias")]
    [InlineData($$$$"""{ {{{{Messages}}}}, "presence_penalty": 0.5}""", "not supported", "presence_penalty")]
    [InlineData($$$$"""{ {{{{Messages}}}}, "min_p": 0.1}""", "not supported", "min_p")]
    [InlineData($$$$"""{ {{{{Messages}}}}, "stop": ""}""", "no or more than", "stop")]
    [InlineData($$$$"""{ {{{{Messages}}}}, "stop": [1]}""", "a string or strings", "stop")]
    [InlineData($$$$"""{ {{{{Messages}}}}, "stream_options": {"include_usage": true}}""", "'stream': true", "stream_options")]
    [InlineData($$$$"""{ {{{{Messages}}}}, "tools": [{"type": "function", "function": {}}]}""", "missing", "tools[0].function.name")]
    [InlineData($$$$"""{ {{{{Messages}}}}, "response_format": {"type": "xml"}}""", "json_schema", "response_format.type")]
    [InlineData($$$$"""{ {{{{Messages}}}}, "response_format": {"type": "json_schema", "json_schema": {"name": "a"}}}""", "missing", "response_format.json_schema.schema")]
    public async Task A_bad_request_is_told_which_field_is_wrong(string body, string reason, string? field)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedModel.Saying("never"));

        var (status, answer) = await server.PostAsync(Chat, body);

        Assert.Equal(400, status);
        Assert.Contains(reason, (string?)answer["error"]!["message"]);
        Assert.Equal("invalid_request_error", (string?)answer["error"]!["type"]);
        Assert.Equal(field, (string?)answer["error"]!["param"]);
    }

    [Theory]
    [InlineData(null, 403)]
    [InlineData("a key", 200)]
    public async Task From_another_computer_urgency_needs_an_api_key(string? key, int expected)
    {
        var own = NetworkInterface.GetAllNetworkInterfaces().SelectMany(face => face.GetIPProperties().UnicastAddresses).Select(at => at.Address)
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
        Assert.SkipWhen(own is null, "this computer has no address but loopback");
        await using var server = await ScriptedServer.StartAsync(ScriptedModel.Saying("yes"), new ServingOptions { Address = IPAddress.Any, ApiKey = key });
        var url = new UriBuilder(server.Url) { Host = own.ToString(), Path = Chat }.Uri.ToString();

        var (status, answer) = await server.PostAsync(url, $$$$"""{ {{{{Messages}}}} }""", ("X-EdgeMas-Priority", "safety"), ("Authorization", $"Bearer {key}"));

        Assert.True(status == expected, answer.ToJsonString());
    }

    [Fact]
    public async Task Fields_that_change_nothing_are_taken()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedModel.Saying("yes"));

        var (status, answer) = await server.PostAsync(
            Chat, $$$$"""{ {{{{Messages}}}}, "user": "me", "store": false, "metadata": {"a": "b"}, "logprobs": false, "frequency_penalty": 0, "n": 1, "seed": null, "tools": [], "modalities": ["text"]}""");

        Assert.Equal(200, status);
        Assert.Equal("yes", (string?)answer["choices"]![0]!["message"]!["content"]);
    }

    [Theory]
    [InlineData("""{"type": "json_object"}""")]
    [InlineData("""{"type": "json_schema", "json_schema": {"name": "a", "schema": {"type": "object"}}}""")]
    public async Task Without_a_grammar_engine_a_response_format_is_refused_by_name(string format)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedModel.Saying("never"));

        var (status, answer) = await server.PostAsync(Chat, $$$$"""{ {{{{Messages}}}}, "response_format": {{{{format}}}}}""");

        Assert.Equal(400, status);
        Assert.Contains("response_format needs a grammar engine", (string?)answer["error"]!["message"]);
    }

    [Theory]
    [InlineData("nothing", 404)]
    [InlineData("v1/models/other", 404)]
    [InlineData("v1/completions", 405)]
    public async Task A_wrong_address_is_answered_in_the_same_shape(string path, int status)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedModel.Saying("never"));

        using var response = await server.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains("\"error\":{\"message\":", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_key_is_asked_of_everyone_but_who_asks_for_its_health()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedModel.Saying("yes"), new ServingOptions { ApiKey = "secret" });
        var body = $$$$"""{ {{{{Messages}}}} }""";

        Assert.Equal(401, (await server.PostAsync(Chat, body)).Status);
        Assert.Equal(401, (await server.PostAsync(Chat, body, ("Authorization", "Bearer secre"))).Status);
        Assert.Equal(200, (await server.PostAsync(Chat, body, ("Authorization", "Bearer secret"))).Status);
        using var metrics = await server.Http.GetAsync("metrics", TestContext.Current.CancellationToken);
        Assert.Equal(401, (int)metrics.StatusCode);
        Assert.Contains("ok", await server.Http.GetStringAsync("health", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Pages_of_other_sites_may_not_ask()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedModel.Saying("yes"));
        var body = $$$$"""{ {{{{Messages}}}} }""";

        Assert.Equal(403, (await server.PostAsync(Chat, body, ("Origin", "http://elsewhere.example"))).Status);
        Assert.Equal(403, (await server.PostAsync(Chat, body, ("Origin", "null"))).Status);
        Assert.Equal(200, (await server.PostAsync(Chat, body, ("Origin", server.Url.GetLeftPart(UriPartial.Authority)))).Status);
    }

    [Fact]
    public async Task One_request_too_many_is_told_to_come_again()
    {
        var model = ScriptedModel.Endless();
        await using var server = await ScriptedServer.StartAsync(model, new ServingOptions { MaxRequests = 1 });
        using var leave = new CancellationTokenSource();
        var held = server.Http.PostAsync(Chat, new StringContent($$$$"""{ {{{{Messages}}}} }"""), leave.Token);
        while (model.Requests.IsEmpty)
            await Task.Delay(10, TestContext.Current.CancellationToken);

        var (status, answer) = await server.PostAsync(Chat, $$$$"""{ {{{{Messages}}}} }""");

        Assert.Equal(429, status);
        Assert.Equal("too_many_requests", (string?)answer["error"]!["code"]);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held);
    }

    [Fact]
    public async Task An_engine_that_is_busy_or_broken_says_which()
    {
        await using var busy = await ScriptedServer.StartAsync(ScriptedModel.Failing(new ModelException("scripted", "16 requests wait already", fault: ModelFault.Busy)));
        await using var broken = await ScriptedServer.StartAsync(ScriptedModel.Failing(new InvalidOperationException("secret detail")));

        Assert.Equal(429, (await busy.PostAsync(Chat, $$$$"""{ {{{{Messages}}}} }""")).Status);
        var (status, answer) = await broken.PostAsync(Chat, $$$$"""{ {{{{Messages}}}} }""");
        Assert.Equal(500, status);
        Assert.DoesNotContain("secret", answer.ToJsonString());
    }

    [Fact]
    public async Task An_answer_that_takes_too_long_is_given_up()
    {
        var model = ScriptedModel.Endless();
        await using var server = await ScriptedServer.StartAsync(model, new ServingOptions { AnswerTimeout = TimeSpan.FromMilliseconds(200) });

        var (status, answer) = await server.PostAsync(Chat, $$$$"""{ {{{{Messages}}}} }""");

        Assert.Equal(504, status);
        Assert.Equal("timeout", (string?)answer["error"]!["code"]);
        await model.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_stream_that_fails_on_its_way_ends_with_the_error_and_without_an_end()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedModel.Failing(new ModelException("scripted", "llama.cpp failed"), "begun"));
        using var response = await server.Http.PostAsync(Chat, new StringContent($$$$"""{ {{{{Messages}}}}, "stream": true}"""), TestContext.Current.CancellationToken);
        var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n');

        Assert.Contains(lines, line => line.Contains("begun", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("llama.cpp failed", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("[DONE]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Agent_and_priority_come_from_headers()
    {
        var model = ScriptedModel.Saying("yes");
        await using var server = await ScriptedServer.StartAsync(model);

        await server.PostAsync(Chat, $$$$"""{ {{{{Messages}}}} }""", (Caller.AgentHeader, "lookout"), (Caller.PriorityHeader, "safety"));
        await server.PostAsync("v1/completions", """{"prompt": [1]}""", (Caller.AgentHeader, "writer"), (Caller.PriorityHeader, "background"));

        Assert.Equal(["lookout Safety", "writer Background"], model.Requests.Select(request => $"{request.Agent} {request.Priority}"));
        Assert.Equal(400, (await server.PostAsync(Chat, $$$$"""{ {{{{Messages}}}} }""", (Caller.PriorityHeader, "utmost"))).Status);
        Assert.Equal(400, (await server.PostAsync(Chat, $$$$"""{ {{{{Messages}}}} }""", (Caller.AgentHeader, "a b"))).Status);
    }
}
