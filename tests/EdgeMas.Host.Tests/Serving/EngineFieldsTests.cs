using System.Text.Json.Nodes;
using EdgeMas.Core.Models;

namespace EdgeMas.Host.Tests.Serving;

/// <summary>What requests can ask of the engine beyond OpenAI's interface: an adapter, and what happens when the context is full.</summary>
public sealed class EngineFieldsTests(PlannerServer planner) : IClassFixture<PlannerServer>
{
    private const string Chat = "v1/chat/completions";
    private const string Messages = "\"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]";

    [Theory]
    [InlineData("\"model\": \"scripted\"", null, null)]
    [InlineData("\"model\": \"scripted:careful\"", null, "careful")]
    [InlineData("\"model\": \"scripted:none\"", null, "none")]
    [InlineData("\"lora\": \"careful\"", null, "careful")]
    [InlineData("\"n\": 1", "brave", "brave")]
    [InlineData("\"lora\": \"careful\"", "brave", "careful")]
    [InlineData("\"model\": \"scripted:brave\"", "brave", "brave")]
    public async Task An_adapter_is_asked_for_by_the_models_name_a_field_or_a_header(string field, string? header, string? adapter)
    {
        var model = TwoAdapters();
        await using var server = await ScriptedServer.StartAsync(model);

        var answers = new[]
        {
            await server.PostAsync(Chat, $$"""{ {{Messages}}, {{field}} }""", Header("X-EdgeMas-Lora", header)),
            await server.PostAsync("v1/completions", $$"""{ "prompt": [1], {{field}} }""", Header("X-EdgeMas-Lora", header)),
        };

        Assert.All(answers, answer => Assert.True(answer.Status == 200, answer.Body.ToJsonString()));
        Assert.Equal([adapter, adapter], model.Requests.Select(request => request.Adapter));
    }

    [Theory]
    [InlineData("\"lora\": \"bold\"", null, 400, "there is no adapter 'bold'; there are careful, brave, and none")]
    [InlineData("\"n\": 1", "bold", 400, "there is no adapter 'bold'")]
    [InlineData("\"model\": \"scripted:bold\"", null, 404, "this server has 'scripted', 'scripted:careful', 'scripted:brave'")]
    [InlineData("\"model\": \"other:careful\"", null, 404, "there is no model 'other:careful'")]
    [InlineData("\"model\": \"scripted:brave\"", "careful", 400, "the model's name asks for the adapter 'brave'")]
    [InlineData("\"lora\": 3", null, 400, "a string")]
    public async Task One_that_is_not_there_is_refused_by_name(string field, string? header, int status, string reason)
    {
        await using var server = await ScriptedServer.StartAsync(TwoAdapters());

        var answer = await server.PostAsync(Chat, $$"""{ {{Messages}}, {{field}} }""", Header("X-EdgeMas-Lora", header));

        Assert.Equal(status, answer.Status);
        Assert.Contains(reason, (string?)answer.Body["error"]!["message"]);
    }

    [Fact]
    public async Task The_models_are_its_own_and_one_with_each_adapter_and_embeddings_have_none()
    {
        await using var server = await ScriptedServer.StartAsync(TwoAdapters());

        var models = JsonNode.Parse(await server.Http.GetStringAsync("v1/models", TestContext.Current.CancellationToken))!["data"]!.AsArray();

        Assert.Equal(["scripted", "scripted:careful", "scripted:brave"], models.Select(model => (string?)model!["id"]));
        using var one = await server.Http.GetAsync("v1/models/scripted:brave", TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)one.StatusCode);
        using var http = new HttpClient { BaseAddress = await planner.StartAsync() };
        using var embedding = await http.PostAsync("v1/embeddings", new StringContent("""{"model": "planner:none", "input": "x"}"""), TestContext.Current.CancellationToken);
        Assert.Equal(400, (int)embedding.StatusCode);
        Assert.Contains("ask for 'planner'", Uri.UnescapeDataString(await embedding.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Replace("\\u0027", "'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"n\": 1", null, ContextOverflow.Refuse, 0)]
    [InlineData("\"overflow\": \"slide\", \"keep_tokens\": 7", null, ContextOverflow.Slide, 7)]
    [InlineData("\"keep_tokens\": 7", "slide", ContextOverflow.Slide, 7)]
    [InlineData("\"overflow\": \"refuse\"", "slide", ContextOverflow.Refuse, 0)]
    public async Task The_overflow_policy_is_asked_for_by_a_field_or_a_header(string field, string? header, ContextOverflow policy, int keep)
    {
        var model = ScriptedModel.Saying("yes");
        await using var server = await ScriptedServer.StartAsync(model);

        await server.PostAsync(Chat, $$"""{ {{Messages}}, {{field}} }""", Header("X-EdgeMas-Overflow", header));
        await server.PostAsync("v1/completions", $$"""{ "prompt": [1], {{field}} }""", Header("X-EdgeMas-Overflow", header));

        Assert.Equal([(policy, keep), (policy, keep)], model.Requests.Select(request => (request.Overflow, request.KeepTokens)));
    }

    [Theory]
    [InlineData("\"overflow\": \"summarise\"", null, "must be refuse or slide")]
    [InlineData("\"overflow\": true", null, "a string")]
    [InlineData("\"keep_tokens\": -1", null, "whole number")]
    [InlineData("\"keep_tokens\": 1001", null, "whole number")]
    [InlineData("\"n\": 1", "spill", "'overflow' is 'spill'")]
    public async Task Another_policy_is_refused_with_those_that_there_are(string field, string? header, string reason)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedModel.Saying("never"));

        var (status, answer) = await server.PostAsync(Chat, $$"""{ {{Messages}}, {{field}} }""", Header("X-EdgeMas-Overflow", header));

        Assert.Equal(400, status);
        Assert.Contains(reason, (string?)answer["error"]!["message"]);
    }

    [Fact]
    public async Task A_prompt_that_is_too_long_is_shortened_where_that_was_asked_for()
    {
        using var http = new HttpClient { BaseAddress = await planner.StartAsync() };
        var prompt = string.Join(',', Enumerable.Range(0, 2000).Select(i => 100 + (i % 50)));

        using var slid = await http.PostAsync("v1/completions", new StringContent($$"""{"prompt": [{{prompt}}], "overflow": "slide", "keep_tokens": 10, "max_tokens": 4}"""), TestContext.Current.CancellationToken);
        using var refused = await http.PostAsync("v1/completions", new StringContent($$"""{"prompt": [{{prompt}}], "max_tokens": 4}"""), TestContext.Current.CancellationToken);

        Assert.Equal((200, 400), ((int)slid.StatusCode, (int)refused.StatusCode));
        var usage = JsonNode.Parse(await slid.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["usage"]!;
        Assert.InRange((int)usage["prompt_tokens"]!, 500, 1023);
    }

    private static ScriptedModel TwoAdapters() => ScriptedModel.Saying("yes").WithAdapters("careful", "brave");

    private static (string, string)[] Header(string name, string? value) => value is null ? [] : [(name, value)];
}
