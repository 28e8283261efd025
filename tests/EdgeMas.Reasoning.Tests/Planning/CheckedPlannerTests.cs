using EdgeMas.Core.Events;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Models;
using EdgeMas.Reasoning.Planning;
using EdgeMas.Reasoning.Tests.Coordination;

namespace EdgeMas.Reasoning.Tests.Planning;

public sealed class CheckedPlannerTests
{
    private const string Kitchen = """[{"name":"goto","arguments":{"place":"kitchen"}}]""";
    private const string Both = """[{"name":"goto","arguments":{"place":"gate"}},{"name":"goto","arguments":{"place":"kitchen"}}]""";

    [Fact]
    public async Task A_plan_that_leaves_something_out_is_planned_again()
    {
        var (proposal, objection) = await PlanAsync("go to the gate and then to the kitchen", Kitchen, Both);

        Assert.Equal(Both, PlanJson.Write(proposal.Plan));
        Assert.Null(objection);
    }

    [Fact]
    public async Task Where_no_plan_will_do_the_first_comes_with_the_objection()
    {
        var (proposal, objection) = await PlanAsync("go to the gate and then to the kitchen", Kitchen, "[]", Kitchen, Kitchen, Kitchen, Kitchen);

        Assert.Equal(Kitchen, PlanJson.Write(proposal.Plan));
        Assert.Equal("The order names 'gate', which the plan leaves out.", objection);
    }

    private static Task<(PlanProposal Proposal, string? Objection)> PlanAsync(string order, params string[] plans) =>
        new CheckedPlanner(new Planner(new ScriptedModel(plans), null, PromptStyle.PlannerChatMl, PlannerOptions.Default with { SamplesPerAttempt = 1 }), rounds: 2)
            .PlanAsync(new PlanRequest("m-1", order, [], null, 0), RoverSkills.All, RoverSkills.Places, CancellationToken.None);
}
