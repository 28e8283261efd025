using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Tests.Speculation;

/// <summary>Guesses change how many batches an output takes, not the output. <c>ManyRequestsTests</c> has the property.</summary>
public sealed class SpeculationTests
{
    private static readonly LlamaOptions Eager = new() { Threads = 1, SpeculatesAlways = true };
    private static readonly LlamaOptions Plain = new() { Threads = 1, Speculates = false };

    [Theory]
    [InlineData(0f)]
    [InlineData(0.8f)]
    public async Task An_output_that_repeats_an_earlier_one_takes_fewer_batches_and_is_the_same(float temperature)
    {
        var request = new GenerationRequest { Agent = "planner", Prompt = Models.PlannerPrompt, Sampling = new EdgeMas.Core.Models.Sampling(temperature, TopK: 0, TopP: 1, Seed: 7) };
        await using var plain = await Models.LoadAsync(Models.Planner(), Plain);
        await using var eager = await Models.LoadAsync(Models.Planner(), Eager);

        var expected = await AskAsync(plain, request);
        var first = await AskAsync(eager, request);
        var batches = eager.Counters.Batches;
        var second = await AskAsync(eager, request with { Agent = "another" });

        Assert.Equal(expected.Text, first.Text);
        Assert.Equal(expected.Text, second.Text);
        Assert.Equal(expected.GeneratedTokens, second.GeneratedTokens);
        Assert.True(eager.Counters.Batches - batches < second.GeneratedTokens / 2, $"{eager.Counters.Batches - batches} batches for {second.GeneratedTokens} tokens");
        Assert.True(eager.Counters.RightGuesses > second.GeneratedTokens / 2);
        Assert.Equal(0, plain.Counters.GuessedTokens);
        Assert.Null(eager.AuditMemory());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public async Task Under_a_constraint_it_sees_each_token_that_is_not_forced_once_and_in_order(int forced)
    {
        const string Text = """[{"name":"goto","arguments":{"place":"gate"}},{"name":"goto","arguments":{"place":"dock"}}]""";
        await using var model = await Models.LoadAsync(Models.Planner(), Eager);
        var request = new GenerationRequest { Agent = "planner", Prompt = Models.PlannerPrompt };
        await AskAsync(model, request with { Constraint = new TextConstraint(model, Text) });
        var right = model.Counters.RightGuesses;
        var constraint = new TextConstraint(model, Text, forced);

        var result = await AskAsync(model, request with { Constraint = constraint });

        Assert.Equal(Text, result.Text);
        Assert.Equal(model.Tokenize(Text, special: false).Skip(forced), constraint.Accepted);
        Assert.True(model.Counters.RightGuesses > right + 10);
        Assert.Null(model.AuditMemory());
    }

    [Fact]
    public async Task An_output_ends_at_its_last_token_though_more_were_guessed()
    {
        await using var model = await Models.LoadAsync(Models.Planner(), Eager);
        var request = new GenerationRequest { Agent = "planner", Prompt = Models.PlannerPrompt };
        var whole = await AskAsync(model, request);

        for (var most = 1; most < whole.GeneratedTokens; most += 3)
        {
            var cut = await AskAsync(model, request with { MaxTokens = most });
            Assert.Equal((most, FinishReason.Length), (cut.GeneratedTokens, cut.Finish));
            Assert.StartsWith(cut.Text, whole.Text, StringComparison.Ordinal);
        }
        var stopped = await AskAsync(model, request with { Stop = ["look"] });
        Assert.Equal(whole.Text[..whole.Text.IndexOf("look", StringComparison.Ordinal)], stopped.Text);
        Assert.Null(model.AuditMemory());
    }

    [Fact]
    public async Task Where_guesses_do_not_pay_few_are_made()
    {
        await using var model = await Models.LoadAsync(Models.Planner(), new LlamaOptions { Threads = 1 });
        var request = new GenerationRequest { Agent = "dice", Prompt = Models.PlannerPrompt, MaxTokens = 60, Sampling = new EdgeMas.Core.Models.Sampling(Temperature: 50, TopK: 0, TopP: 1, Seed: 1) };

        for (uint seed = 1; seed <= 12; seed++)
            await AskAsync(model, request with { Sampling = request.Sampling with { Seed = seed } });

        var counters = model.Counters;
        Assert.True(counters.GeneratedTokens > 100, $"{counters.GeneratedTokens} tokens");
        Assert.True(counters.GuessedTokens < counters.GeneratedTokens / 10, $"{counters.GuessedTokens} guesses for {counters.GeneratedTokens} tokens");
    }

    private static Task<GenerationResult> AskAsync(LlamaModel model, GenerationRequest request) => model.GenerateAsync(request, onText: null, TestContext.Current.CancellationToken);
}
