using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Tests;

public sealed class PlannerAnswerTests(PlannerModel planner) : IClassFixture<PlannerModel>
{
    private static readonly GenerationRequest Order = new() { Agent = "planner", Prompt = Models.PlannerPrompt };

    [Fact]
    public async Task The_planner_answers_its_readmes_example_to_the_letter()
    {
        var result = await (await planner.LoadAsync()).GenerateAsync(Order, onText: null, TestContext.Current.CancellationToken);

        Assert.Equal(Models.PlannerAnswer, result.Text);
        Assert.Equal(FinishReason.Stop, result.Finish);
        TestContext.Current.TestOutputHelper!.WriteLine(result.ToString());
    }
}
