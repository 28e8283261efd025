using System.ClientModel;
using System.Text;
using OpenAI;
using OpenAI.Chat;

namespace EdgeMas.Host.Tests.Serving;

/// <summary>The official client of OpenAI against the in-box planner.</summary>
public sealed class OpenAiClientTests(PlannerServer server) : IClassFixture<PlannerServer>
{
    private static readonly ChatMessage[] Order = [new SystemChatMessage("Tools:\nturn(angle_deg)\ntake_photo()"), new UserChatMessage("turn left")];

    [Fact]
    public async Task It_chats_and_tells_what_was_reused()
    {
        var chat = (await ClientAsync()).GetChatClient("planner");
        var options = new ChatCompletionOptions { Temperature = 0, MaxOutputTokenCount = 40 };

        ChatCompletion first = await chat.CompleteChatAsync(Order, options, Token);
        ChatCompletion again = await chat.CompleteChatAsync(Order, options, Token);

        Assert.StartsWith("""[{"name":"turn","arguments":{"angle_deg":90}}""", first.Content[0].Text);
        Assert.Equal(first.Content[0].Text, again.Content[0].Text);
        Assert.Equal(first.Usage.InputTokenCount, again.Usage.InputTokenCount);
        Assert.Equal(first.Usage.InputTokenCount - 1, again.Usage.InputTokenDetails.CachedTokenCount);
        Assert.Equal(first.Usage.TotalTokenCount, first.Usage.InputTokenCount + first.Usage.OutputTokenCount);
    }

    [Fact]
    public async Task Streaming_gives_the_same_text_in_pieces_and_then_the_usage()
    {
        var chat = (await ClientAsync()).GetChatClient("planner");
        var options = new ChatCompletionOptions { Temperature = 0, MaxOutputTokenCount = 20 };
        ChatCompletion whole = await chat.CompleteChatAsync(Order, options, Token);
        var text = new StringBuilder();
        var pieces = 0;
        ChatFinishReason? finish = null;
        ChatTokenUsage? usage = null;

        await foreach (var update in chat.CompleteChatStreamingAsync(Order, options, Token))
        {
            foreach (var part in update.ContentUpdate)
            {
                text.Append(part.Text);
                pieces++;
            }
            finish ??= update.FinishReason;
            usage ??= update.Usage;
        }

        Assert.Equal(whole.Content[0].Text, text.ToString());
        Assert.Equal(whole.FinishReason, finish);
        Assert.Equal(whole.Usage.OutputTokenCount, usage!.OutputTokenCount);
        Assert.True(pieces > 2);
    }

    [Fact]
    public async Task A_seed_repeats_a_drawn_answer_and_a_limit_ends_it()
    {
        var chat = (await ClientAsync()).GetChatClient("planner");
#pragma warning disable OPENAI001 // Seed is marked as experimental there.
        var options = new ChatCompletionOptions { Temperature = 1.5f, Seed = 7, MaxOutputTokenCount = 12 };
#pragma warning restore OPENAI001

        ChatCompletion one = await chat.CompleteChatAsync(Order, options, Token);
        ChatCompletion same = await chat.CompleteChatAsync(Order, options, Token);

        Assert.Equal(one.Content[0].Text, same.Content[0].Text);
        Assert.Equal(12, one.Usage.OutputTokenCount);
        Assert.Equal(ChatFinishReason.Length, one.FinishReason);
    }

    [Fact]
    public async Task A_stop_text_ends_the_answer_before_it()
    {
        var chat = (await ClientAsync()).GetChatClient("planner");
        var options = new ChatCompletionOptions { Temperature = 0, MaxOutputTokenCount = 40, StopSequences = { "arguments" } };

        ChatCompletion answer = await chat.CompleteChatAsync(Order, options, Token);

        Assert.Equal("""[{"name":"turn",""" + "\"", answer.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
    }

    [Fact]
    public async Task An_answer_is_held_to_its_schema()
    {
        var chat = (await ClientAsync()).GetChatClient("planner");
        var schema = BinaryData.FromString("""{"type":"object","properties":{"speed":{"type":"integer","minimum":3,"maximum":5},"light":{"enum":["on","off"]}},"required":["speed","light"],"additionalProperties":false}""");
        var options = new ChatCompletionOptions { Temperature = 0, MaxOutputTokenCount = 100, ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("state", schema) };

        ChatCompletion answer = await chat.CompleteChatAsync(Order, options, Token);

        Assert.Matches("""^{"speed":[345],"light":"(on|off)"}$""", answer.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
    }

    [Fact]
    public async Task A_schema_that_cannot_be_held_is_refused_with_the_place()
    {
        var chat = (await ClientAsync()).GetChatClient("planner");
        var schema = BinaryData.FromString("""{"type":"object","properties":{"speed":{"type":"velocity"}}}""");
        var options = new ChatCompletionOptions { ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("state", schema) };

        var error = await Assert.ThrowsAsync<ClientResultException>(async () => await chat.CompleteChatAsync(Order, options, Token));

        Assert.Equal(400, error.Status);
        Assert.Contains("/properties/speed", error.Message);
    }

    [Fact]
    public async Task It_embeds_one_text_or_many()
    {
        var client = (await ClientAsync()).GetEmbeddingClient("planner");

        var one = (await client.GenerateEmbeddingAsync("turn left", cancellationToken: Token)).Value.ToFloats().ToArray();
        var many = (await client.GenerateEmbeddingsAsync(["take a picture", "turn left"], cancellationToken: Token)).Value;

        Assert.Equal(256, one.Length);
        Assert.Equal(1, Math.Sqrt(one.Sum(number => (double)number * number)), 5);
        Assert.Equal(one, many[1].ToFloats().ToArray());
        Assert.NotEqual(one, many[0].ToFloats().ToArray());
        Assert.True(many.Usage.InputTokenCount > 2);
    }

    [Fact]
    public async Task It_lists_its_model_and_knows_no_other()
    {
        var models = (await ClientAsync()).GetOpenAIModelClient();

        Assert.Equal(["planner"], (await models.GetModelsAsync(Token)).Value.Select(model => model.Id));
        Assert.Equal("planner", (await models.GetModelAsync("planner", Token)).Value.Id);
        Assert.Equal(404, (await Assert.ThrowsAsync<ClientResultException>(() => models.GetModelAsync("gpt-4o", Token))).Status);
        var error = await Assert.ThrowsAsync<ClientResultException>(async () => await (await ClientAsync()).GetChatClient("gpt-4o").CompleteChatAsync(Order, null, Token));
        Assert.Equal(404, error.Status);
        Assert.Contains("this server has 'planner'", error.Message);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<OpenAIClient> ClientAsync() =>
        new(new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri(await server.StartAsync(), "v1") });
}
