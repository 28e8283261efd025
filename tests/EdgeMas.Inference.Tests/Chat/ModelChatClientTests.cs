using EdgeMas.Core.Models;
using EdgeMas.Inference.Chat;
using Microsoft.Extensions.AI;

namespace EdgeMas.Inference.Tests.Chat;

/// <summary>The in-box planner as <see cref="IChatClient"/>.</summary>
public sealed class ModelChatClientTests(PlannerModel planner) : IClassFixture<PlannerModel>
{
    private static readonly ChatMessage[] Order = [new(ChatRole.System, "Tools:\nturn(angle_deg)"), new(ChatRole.User, "turn left")];

    [Fact]
    public async Task It_answers_whole_and_in_pieces_alike()
    {
        using var client = new ModelChatClient(await planner.LoadAsync());
        var options = new ChatOptions { MaxOutputTokens = 40 };

        var whole = await client.GetResponseAsync(Order, options, TestContext.Current.CancellationToken);
        var pieces = await client.GetStreamingResponseAsync(Order, options, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal("""[{"name":"turn","arguments":{"angle_deg":90}}]""", whole.Text);
        Assert.Equal(whole.Text, string.Concat(pieces.Select(piece => piece.Text)));
        Assert.True(pieces.Count > 4);
        Assert.Equal(ChatFinishReason.Stop, whole.FinishReason);
        Assert.True(whole.Usage!.InputTokenCount > 0 && whole.Usage.OutputTokenCount > 4);
    }

    [Fact]
    public async Task It_says_what_it_is_and_leaves_the_model_to_its_owner()
    {
        var model = await planner.LoadAsync();
        using (var client = new ModelChatClient(model))
        {
            Assert.Equal("planner", client.GetService<ChatClientMetadata>()!.DefaultModelId);
            Assert.Same(model, client.GetService<ILanguageModel>());
        }

        Assert.NotEmpty(model.Tokenize("still here", special: false));
    }

    [Fact]
    public async Task Leaving_a_stream_early_cancels_the_generation()
    {
        var model = await planner.LoadAsync();
        using var client = new ModelChatClient(model);
        var before = model.Counters.Requests;

        await foreach (var _ in client.GetStreamingResponseAsync(Order, new ChatOptions { Temperature = 2, TopP = 1, TopK = 0 }, TestContext.Current.CancellationToken))
            break;

        Assert.Equal(before, model.Counters.Requests);
    }

    [Fact]
    public async Task What_it_cannot_do_is_refused_by_name()
    {
        using var client = new ModelChatClient(await planner.LoadAsync());

        var format = await RefusalAsync(client, new ChatOptions { ResponseFormat = ChatResponseFormat.Json });
        var penalty = await RefusalAsync(client, new ChatOptions { PresencePenalty = 1 });
        var image = await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([new(ChatRole.User, [new DataContent(new byte[4], "image/png")])], null, TestContext.Current.CancellationToken));

        Assert.Contains("response_format needs a grammar engine", format);
        Assert.Contains("penalties", penalty);
        Assert.Contains("reads text only", image.Message);
    }

    private static async Task<string> RefusalAsync(ModelChatClient client, ChatOptions options) =>
        (await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync(Order, options, TestContext.Current.CancellationToken))).Message;
}
