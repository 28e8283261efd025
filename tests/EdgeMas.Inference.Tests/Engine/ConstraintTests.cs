using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Tests.Engine;

public sealed class ConstraintTests(PlannerModel planner) : IClassFixture<PlannerModel>
{
    private const string Text = """[{"name":"goto","arguments":{"place":"gate"}}]""";

    private static readonly GenerationRequest Order = new() { Agent = "planner", Prompt = Models.PlannerPrompt };

    [Fact]
    public async Task Only_what_the_constraint_allows_is_written()
    {
        var model = await planner.LoadAsync();
        var constraint = new TextConstraint(model, Text);

        var result = await model.GenerateAsync(Order with { Constraint = constraint }, onText: null, TestContext.Current.CancellationToken);

        Assert.Equal(Text, result.Text);
        Assert.Equal(FinishReason.Stop, result.Finish);
        Assert.Equal(model.Tokenize(Text, special: false), constraint.Accepted);
        Assert.True(result.LeastProbability < 0.1, "the model wanted to turn");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(int.MaxValue)]
    public async Task Forced_tokens_are_written_and_not_accepted(int forced)
    {
        var model = await planner.LoadAsync();
        var all = model.Tokenize(Text, special: false);
        var count = Math.Min(forced, all.Length);
        var constraint = new TextConstraint(model, Text, count);

        var result = await model.GenerateAsync(Order with { Constraint = constraint }, onText: null, TestContext.Current.CancellationToken);

        Assert.Equal(Text, result.Text);
        Assert.Equal(all.Skip(count), constraint.Accepted);
        Assert.Equal(all.Length + 1, result.GeneratedTokens); // and the end token
    }

    [Fact]
    public async Task The_output_after_forced_tokens_is_that_after_the_same_tokens_in_the_prompt()
    {
        var model = await planner.LoadAsync();
        const string Beginning = """[{"name":"look_for","arguments":{"object":" """;
        var forced = Beginning.TrimEnd();

        var prompted = await model.GenerateAsync(Order with { Prompt = Models.PlannerPrompt + forced }, onText: null, TestContext.Current.CancellationToken);
        var bound = await model.GenerateAsync(
            Order with { Constraint = new TextConstraint(model, forced + prompted.Text, model.Tokenize(forced, special: false).Length) }, onText: null, TestContext.Current.CancellationToken);

        Assert.Equal(forced + prompted.Text, bound.Text);
        Assert.Equal(prompted.MeanLogProbability, bound.MeanLogProbability, 1e-3);
    }

    [Fact]
    public async Task Forced_tokens_count_towards_the_limit()
    {
        var model = await planner.LoadAsync();

        var result = await model.GenerateAsync(Order with { Constraint = new TextConstraint(model, Text, forced: 10), MaxTokens = 4 }, onText: null, TestContext.Current.CancellationToken);

        Assert.Equal(4, result.GeneratedTokens);
        Assert.Equal(FinishReason.Length, result.Finish);
    }

    [Fact]
    public async Task A_constraint_that_throws_fails_its_own_request_only()
    {
        var model = await planner.LoadAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => model.GenerateAsync(
            Order with { Constraint = new TextConstraint(model, Text) { Throws = true } }, onText: null, TestContext.Current.CancellationToken));

        Assert.Equal(Models.PlannerAnswer, (await model.GenerateAsync(Order, onText: null, TestContext.Current.CancellationToken)).Text);
    }

    [Fact]
    public async Task A_callback_that_throws_fails_its_own_request_only()
    {
        var model = await planner.LoadAsync();

        await Assert.ThrowsAsync<NotSupportedException>(() => model.GenerateAsync(Order, _ => throw new NotSupportedException(), TestContext.Current.CancellationToken));

        Assert.Equal(Models.PlannerAnswer, (await model.GenerateAsync(Order, onText: null, TestContext.Current.CancellationToken)).Text);
    }
}
