using EdgeMas.Core.Events;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Models;
using EdgeMas.Reasoning.Planning;

namespace EdgeMas.Reasoning.Tests.Planning;

public sealed class InBoxPlannerTests(InBoxModel inBox)
{
    [Theory]
    [InlineData("go forward ten meters", """[{"name":"drive","arguments":{"distance_m":10}}]""")]
    [InlineData("Go forward 10 meters.", """[{"name":"drive","arguments":{"distance_m":10}}]""")]
    [InlineData("drive back two feet", """[{"name":"drive","arguments":{"distance_m":-0.61}}]""")]
    [InlineData("turn left, then look for the red ball and take a picture of it",
        """[{"name":"turn","arguments":{"angle_deg":90}},{"name":"look_for","arguments":{"object":"red ball"}},{"name":"take_photo","arguments":{}}]""")]
    [InlineData("turn left then look for the red ball and take a picture of it",
        """[{"name":"turn","arguments":{"angle_deg":90}},{"name":"look_for","arguments":{"object":"red ball"}},{"name":"take_photo","arguments":{}}]""")]
    [InlineData("if you see a red ball take a picture", """[{"name":"look_for","arguments":{"object":"red ball"}},{"name":"take_photo","arguments":{},"when":"found"}]""")]
    [InlineData("go to the kitchen and say dinner is ready", """[{"name":"goto","arguments":{"place":"kitchen"}},{"name":"say","arguments":{"text":"dinner is ready"}}]""")]
    [InlineData("drive ten meters while saying hello",
        """[{"name":"drive","arguments":{"distance_m":10}},{"name":"say","arguments":{"text":"hello"},"with_previous":true}]""")]
    [InlineData("wait a minute", """[{"name":"wait","arguments":{"seconds":60}}]""")]
    [InlineData("how much battery do you have", """[{"name":"battery","arguments":{}}]""")]
    public async Task Orders_for_the_rovers_skills_become_their_plans(string order, string plan)
    {
        var proposal = await PlanAsync(order);

        Assert.Equal(plan, PlanJson.Write(proposal.Plan));
        Assert.InRange(proposal.Confidence, 0.5, 1);
        Assert.InRange(proposal.LeastProbability, 0, proposal.Confidence);
        Assert.True(proposal.Tokens > 0 && proposal.PromptTokens > 0);
    }

    [Fact]
    public async Task The_same_order_gives_the_same_plan_with_the_same_certainty()
    {
        var first = await PlanAsync("turn around and count the blue boxes");
        var second = await PlanAsync("turn around and count the blue boxes");

        Assert.Equal(PlanJson.Write(first.Plan), PlanJson.Write(second.Plan));
        Assert.Equal(first.Confidence, second.Confidence, 3);
    }

    [Fact]
    public async Task A_later_attempt_gives_another_plan()
    {
        var planner = new Planner(await inBox.GetAsync(), await inBox.ConstraintsAsync(), PromptStyle.PlannerChatMl, PlannerOptions.Default with { Temperature = 1.5f, SamplesPerAttempt = 16 });
        var request = new PlanRequest("m-1", "fly to the moon and look around there", [], null, 0);
        var first = await planner.PlanAsync(request, RoverSkills.All, RoverSkills.Places, CancellationToken.None);

        var second = await planner.PlanAsync(request with { Attempt = 1, Objection = "not like that" }, RoverSkills.All, RoverSkills.Places, CancellationToken.None);

        Assert.NotEqual(PlanJson.Write(first.Plan), PlanJson.Write(second.Plan));
    }

    [Fact]
    public async Task Too_long_an_order_is_no_order()
    {
        var error = await Assert.ThrowsAsync<PlanningException>(() => PlanAsync(string.Join(' ', Enumerable.Repeat("go", 101))));

        Assert.Contains("101 words", error.Message);
    }

    [Fact]
    public async Task Without_skills_there_is_no_plan()
    {
        var planner = new Planner(await inBox.GetAsync(), await inBox.ConstraintsAsync(), PromptStyle.PlannerChatMl, PlannerOptions.Default);

        var proposal = await planner.PlanAsync(new PlanRequest("m-1", "go forward ten meters", [], null, 0), [], [], CancellationToken.None);

        Assert.Empty(proposal.Plan.Steps);
    }

    private async Task<PlanProposal> PlanAsync(string order) =>
        await new Planner(await inBox.GetAsync(), await inBox.ConstraintsAsync(), PromptStyle.PlannerChatMl, PlannerOptions.Default)
            .PlanAsync(new PlanRequest("m-1", order, [], null, 0), RoverSkills.All, RoverSkills.Places, CancellationToken.None);
}
