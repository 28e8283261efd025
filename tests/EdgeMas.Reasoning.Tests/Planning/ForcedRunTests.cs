using EdgeMas.Core.Models;
using EdgeMas.Inference;
using EdgeMas.Reasoning.Constraints;
using EdgeMas.Reasoning.Orders;
using EdgeMas.Reasoning.Prompts;

namespace EdgeMas.Reasoning.Tests.Planning;

/// <summary>Forced tokens against the same planner choosing every token itself, on the rover's skills.</summary>
public sealed class ForcedRunTests(InBoxModel inBox, ITestOutputHelper output)
{
    private static readonly string[] Orders =
    [
        "go forward ten meters", "drive back two feet", "turn left, then look for the red ball and take a picture of it", "if you see a red ball take a picture",
        "go to the kitchen and say dinner is ready", "turn around and count the blue boxes", "wait a minute and a half, then come home", "slow down to 0.3 meters per second",
        "drive one hundred and twenty centimeters and turn right", "how full is the battery",
    ];

    [Fact]
    public async Task Forced_tokens_are_those_that_the_planner_chooses_itself_and_more_than_half_of_all()
    {
        var model = (LlamaModel)await inBox.GetAsync();
        var counts = new CountedConstraints(await inBox.ConstraintsAsync());
        var free = new CountedConstraints(await inBox.ConstraintsAsync(), forces: false);
        foreach (var order in Orders)
        {
            var forced = await WriteAsync(model, counts, order);
            var chosen = await WriteAsync(model, free, order);

            Assert.Equal(chosen.Text, forced.Text);
            Assert.Equal(chosen.GeneratedTokens, forced.GeneratedTokens);
            Assert.Equal(model.Tokenize(forced.Text, special: false).Length + 1, forced.GeneratedTokens); // as the model's maker cuts the text, and the end
        }

        output.WriteLine($"{counts.Forced} of {counts.Forced + counts.Chosen} tokens forced");
        Assert.Equal(0, free.Forced);
        Assert.True(counts.ForcedShare >= 0.5, $"{counts.ForcedShare:P1} of the tokens are forced");
    }

    private static Task<GenerationResult> WriteAsync(LlamaModel model, CountedConstraints constraints, string text)
    {
        var order = OrderText.TryRead(text, out _)!;
        var request = new GenerationRequest
        {
            Agent = "test",
            Prompt = PlannerPrompt.Write(PromptStyle.PlannerChatMl, RoverSkills.All, RoverSkills.Places, order),
            Constraint = constraints.Compile(PlanLanguage.Of(RoverSkills.All, RoverSkills.Places, order)),
            Stop = PlannerPrompt.Stop(PromptStyle.PlannerChatMl),
        };
        return model.GenerateAsync(request, null, TestContext.Current.CancellationToken);
    }
}
