using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Tests.Engine;

public sealed class GenerationTests(PlannerModel planner) : IClassFixture<PlannerModel>
{
    private static readonly GenerationRequest Order = new() { Agent = "planner", Prompt = Models.PlannerPrompt };

    [Fact]
    public async Task The_planner_answers_its_readmes_example_to_the_letter()
    {
        var model = await planner.LoadAsync();

        var result = await model.GenerateAsync(Order, onText: null, TestContext.Current.CancellationToken);

        Assert.Equal(Models.PlannerAnswer, result.Text);
        Assert.Equal(FinishReason.Stop, result.Finish);
        Assert.InRange(result.MeanLogProbability, -0.1, 0);
        Assert.InRange(result.LeastProbability, 0.5, Math.Exp(result.MeanLogProbability));
    }

    [Fact]
    public async Task Streamed_pieces_make_the_text()
    {
        var model = await planner.LoadAsync();
        var pieces = new List<string>();

        var result = await model.GenerateAsync(Order, pieces.Add, TestContext.Current.CancellationToken);

        Assert.Equal(result.Text, string.Concat(pieces));
        Assert.True(pieces.Count > 10);
    }

    [Fact]
    public async Task The_output_ends_after_the_tokens_asked_for()
    {
        var model = await planner.LoadAsync();

        var result = await model.GenerateAsync(Order with { MaxTokens = 5 }, onText: null, TestContext.Current.CancellationToken);

        Assert.Equal(5, result.GeneratedTokens);
        Assert.Equal(FinishReason.Length, result.Finish);
        Assert.StartsWith(result.Text, Models.PlannerAnswer);
    }

    [Fact]
    public async Task The_output_ends_before_a_stop_text()
    {
        var model = await planner.LoadAsync();

        var result = await model.GenerateAsync(Order with { Stop = [",\"arguments\":{\"obj"] }, onText: null, TestContext.Current.CancellationToken);

        Assert.Equal("""[{"name":"turn","arguments":{"angle_deg":90}},{"name":"look_for" """.TrimEnd(), result.Text);
        Assert.Equal(FinishReason.Stop, result.Finish);
    }

    [Fact]
    public async Task The_output_ends_where_the_context_ends()
    {
        await using var model = await Models.LoadAsync(Models.Planner(contextTokens: 100));

        var result = await model.GenerateAsync(Order, onText: null, TestContext.Current.CancellationToken);

        Assert.Equal(100, result.PromptTokens + result.GeneratedTokens);
        Assert.Equal(FinishReason.Length, result.Finish);
    }

    [Fact]
    public async Task A_seed_decides_the_output_and_seeds_differ()
    {
        var request = Order with { Sampling = new(Temperature: 3, TopK: 0, TopP: 1, Seed: 5), MaxTokens = 30 };

        // Each in a model without a history: a reused prefix changes the last digits of probabilities, and at this temperature thousands of tokens are close.
        var first = await AskAFreshModelAsync(request);
        var second = await AskAFreshModelAsync(request);
        var other = await AskAFreshModelAsync(request with { Sampling = request.Sampling with { Seed = 6 } });

        Assert.Equal(first.Text, second.Text);
        Assert.NotEqual(first.Text, other.Text);
    }

    [Fact]
    public async Task A_prompt_longer_than_the_context_is_refused_with_both_numbers()
    {
        var model = await planner.LoadAsync();

        var error = await FailAsync(model, Order with { Prompt = string.Concat(Enumerable.Repeat("turn left then ", 500)) });

        Assert.Contains("tokens and the context 1024", error.Message);
    }

    [Fact]
    public async Task A_prompt_far_too_long_is_refused_without_being_tokenized()
    {
        var model = await planner.LoadAsync();

        Assert.Contains("cannot fit", (await FailAsync(model, Order with { Prompt = new string('a', 5_000_000) })).Message);
    }

    [Fact]
    public async Task Requests_that_make_no_sense_are_refused()
    {
        var model = await planner.LoadAsync();

        Assert.Contains("neither a prompt nor turns", (await FailAsync(model, new GenerationRequest { Agent = "a" })).Message);
        Assert.Contains("empty", (await FailAsync(model, Order with { Prompt = "" })).Message);
        Assert.Contains("MaxTokens is 0", (await FailAsync(model, Order with { MaxTokens = 0 })).Message);
        Assert.Contains("Temperature", (await FailAsync(model, Order with { Sampling = new(Temperature: -1) })).Message);
        Assert.Contains("TopP", (await FailAsync(model, Order with { Sampling = new(Temperature: 1, TopP: 0) })).Message);
        Assert.Contains("both a GBNF grammar and a constraint", (await FailAsync(model, Order with { Gbnf = "root ::= \"a\"", Constraint = new TextConstraint(model, "a") })).Message);
        Assert.Contains("priority 9", (await FailAsync(model, Order with { Priority = (EdgeMas.Core.Messages.MessagePriority)9 })).Message);
    }

    [Fact]
    public async Task The_token_loop_allocates_nothing()
    {
        var model = await planner.LoadAsync();
        await model.GenerateAsync(Order, onText: null, TestContext.Current.CancellationToken);

        foreach (var request in new[]
        {
            Order,
            Order with { Gbnf = "root ::= [^\\x00]*" },
            Order with { Stop = ["never", "neither"] },
            Order with { Sampling = new(Temperature: 1) },
            Order with { Sampling = new(Temperature: 1, TopK: 0) },
        })
        {
            // The first may grow buffers, and some may have bytes of the runtime's that compiles the code; one of the loop's own for each token would be in every one.
            var least = long.MaxValue;
            for (var round = 0; round < 10 && least > 0; round++)
            {
                var before = model.LoopAllocatedBytes;
                Assert.True((await model.GenerateAsync(request, onText: null, TestContext.Current.CancellationToken)).GeneratedTokens > 20);
                least = Math.Min(least, model.LoopAllocatedBytes - before);
            }
            Assert.Equal(0, least);
        }
    }

    [Fact]
    public async Task Counters_add_up()
    {
        await using var model = await Models.LoadAsync(Models.Planner());

        var first = await model.GenerateAsync(Order, onText: null, TestContext.Current.CancellationToken);
        var second = await model.GenerateAsync(Order, onText: null, TestContext.Current.CancellationToken);

        Assert.Equal(2, model.Counters.Requests);
        Assert.Equal(first.PromptTokens + second.PromptTokens, model.Counters.PromptTokens);
        Assert.Equal(second.ReusedTokens, model.Counters.ReusedTokens);
        Assert.Equal(first.GeneratedTokens + second.GeneratedTokens, model.Counters.GeneratedTokens);
        Assert.True(model.Counters.BusySeconds >= model.Counters.GenerationSeconds);
    }

    private static async Task<GenerationResult> AskAFreshModelAsync(GenerationRequest request)
    {
        await using var model = await Models.LoadAsync(Models.Planner());
        return await model.GenerateAsync(request, onText: null, TestContext.Current.CancellationToken);
    }

    private static Task<ModelException> FailAsync(LlamaModel model, GenerationRequest request) =>
        Assert.ThrowsAsync<ModelException>(() => model.GenerateAsync(request, onText: null, TestContext.Current.CancellationToken));
}
