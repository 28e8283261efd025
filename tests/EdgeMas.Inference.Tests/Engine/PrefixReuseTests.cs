using CsCheck;
using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Tests.Engine;

public sealed class PrefixReuseTests
{
    private static readonly string[] Orders =
    [
        "turn left, then look for the red ball and take a picture of it", "go forward ten meters", "drive to the kitchen", "go back two meters and turn right", "take a picture",
    ];

    [Fact]
    public async Task The_second_order_reuses_the_prompt_up_to_where_it_differs()
    {
        await using var model = await Models.LoadAsync(Models.Planner());

        var first = await AskAsync(model, "planner", Orders[1]);
        var second = await AskAsync(model, "planner", Orders[2]);
        var again = await AskAsync(model, "planner", Orders[2]);

        Assert.Equal(0, first.ReusedTokens);
        var one = model.Tokenize(Prompt(Orders[1]), special: true);
        var other = model.Tokenize(Prompt(Orders[2]), special: true);
        Assert.Equal(one.AsSpan().CommonPrefixLength(other), second.ReusedTokens);
        Assert.Equal(other.Length - 1, again.ReusedTokens); // the last token's logits are needed
        Assert.Equal(second.Text, again.Text);
    }

    [Fact]
    public async Task An_agent_reuses_what_another_computed()
    {
        await using var model = await Models.LoadAsync(Models.Planner());
        await AskAsync(model, "planner", Orders[1]);

        var critic = await AskAsync(model, "critic", Orders[1]);
        var planner = await AskAsync(model, "planner", Orders[1]);

        Assert.Equal(critic.PromptTokens - 1, critic.ReusedTokens);
        Assert.Equal(planner.PromptTokens - 1, planner.ReusedTokens);
    }

    [Fact]
    public async Task The_next_turn_reuses_the_answer_too()
    {
        await using var model = await Models.LoadAsync(Models.Planner());
        var first = await AskAsync(model, "planner", Orders[0]);

        var second = await model.GenerateAsync(
            new GenerationRequest { Agent = "planner", Prompt = Prompt(Orders[0]) + first.Text + "<|im_end|>\n<|im_start|>user\nstop<|im_end|>\n<|im_start|>assistant\n" },
            onText: null,
            TestContext.Current.CancellationToken);

        Assert.Equal(first.PromptTokens + first.GeneratedTokens - 1, second.ReusedTokens); // all but the end token, which was never computed
    }

    /// <summary>Random histories of orders by several agents, in a memory too small for all: every answer is that of a model without a history.</summary>
    [Fact]
    public async Task Reuse_and_eviction_never_change_an_answer()
    {
        var fresh = new Dictionary<string, GenerationResult>();
        foreach (var order in Orders)
        {
            await using var model = await Models.LoadAsync(Models.Planner());
            fresh[order] = await AskAsync(model, "planner", order);
        }
        await using var shared = await Models.LoadAsync(Models.Planner(contextTokens: 256), new LlamaOptions { KeptSequences = 3, KeptTokens = 0, BatchTokens = 16 });
        var reused = 0;

        await Gen.Select(Gen.Int[0, Orders.Length - 1], Gen.Int[0, 4]).List[1, 12].SampleAsync(
            async history =>
            {
                foreach (var (order, agent) in history)
                {
                    var result = await AskAsync(shared, $"agent {agent}", Orders[order]);
                    var expected = fresh[Orders[order]];
                    Assert.Equal(expected.Text, result.Text);
                    Assert.Equal(expected.GeneratedTokens, result.GeneratedTokens);
                    Assert.Equal(expected.MeanLogProbability, result.MeanLogProbability, 0.01);
                    reused += result.ReusedTokens;
                }
            },
            iter: 10,
            threads: 1);

        Assert.True(reused > 1000, $"{reused} tokens were reused");
    }

    [Fact]
    public async Task One_kept_sequence_serves_any_number_of_agents()
    {
        await using var model = await Models.LoadAsync(Models.Planner(), new LlamaOptions { KeptSequences = 1, KeptTokens = 0 });
        foreach (var order in Orders)
            Assert.StartsWith("[", (await AskAsync(model, order, order)).Text);
    }

    private static string Prompt(string order) => Models.PlannerPrompt.Replace(Orders[0], order, StringComparison.Ordinal);

    private static Task<GenerationResult> AskAsync(LlamaModel model, string agent, string order) =>
        model.GenerateAsync(new GenerationRequest { Agent = agent, Prompt = Prompt(order) }, onText: null, TestContext.Current.CancellationToken);
}
