using System.Text.Json;
using CsCheck;
using EdgeMas.Core.Missions;
using EdgeMas.Reasoning.Coordination;

namespace EdgeMas.Reasoning.Tests.Coordination;

public sealed class StepGuardsTests
{
    [Fact]
    public void A_guard_looks_at_the_nearest_search_that_ended() => Assert.Null(StepGuards.WhySkipped(
        [Step(found: false), Step(found: true), Step(StepState.Completed), Step(when: StepGuard.Found)], 3));

    [Fact]
    public void Without_a_search_neither_found_nor_not_found_holds()
    {
        Assert.NotNull(StepGuards.WhySkipped([Step(StepState.Failed), Step(when: StepGuard.Found)], 1));
        Assert.NotNull(StepGuards.WhySkipped([Step(StepState.Failed), Step(when: StepGuard.NotFound)], 1));
    }

    [Fact]
    public void Several_steps_may_wait_for_one_failure() => Assert.Null(StepGuards.WhySkipped(
        [Step(StepState.Failed), Step(StepState.Completed, StepGuard.Failed), Step(when: StepGuard.Failed)], 2));

    [Fact]
    public void A_failure_among_steps_side_by_side_counts_for_the_group()
    {
        MissionStep[] steps = [Step(StepState.Failed), Step(StepState.Completed, beside: true), Step(when: StepGuard.Failed)];

        Assert.Equal(2, StepGuards.EndOfGroup(steps, 0));
        Assert.True(StepGuards.IsExpected(steps, 2));
        Assert.Null(StepGuards.WhySkipped(steps, 2));
    }

    [Fact]
    public void Exactly_one_of_found_and_not_found_holds_after_a_search() =>
        Gen.Bool.Array[1, 6].Sample(
            searches =>
            {
                var steps = searches.Select(found => Step(found: found)).ToList();
                var found = StepGuards.WhySkipped([.. steps, Step(when: StepGuard.Found)], steps.Count) is null;
                var notFound = StepGuards.WhySkipped([.. steps, Step(when: StepGuard.NotFound)], steps.Count) is null;
                Assert.Equal((searches[^1], !searches[^1]), (found, notFound));
            },
            threads: 1);

    private static MissionStep Step(StepState state = StepState.Completed, StepGuard when = StepGuard.Always, bool beside = false, bool? found = null) =>
        new(new PlanStep("x", JsonDocument.Parse("{}").RootElement, beside, when), state, Found: found);
}
