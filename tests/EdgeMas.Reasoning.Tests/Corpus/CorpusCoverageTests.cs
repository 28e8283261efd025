using System.Text.Json;
using EdgeMas.Core.Missions;
using EdgeMas.Grammar;
using EdgeMas.Reasoning.Constraints;
using EdgeMas.Reasoning.Orders;

namespace EdgeMas.Reasoning.Tests.Corpus;

public sealed class CorpusCoverageTests(ITestOutputHelper output)
{
    [Fact]
    public void The_language_allows_nearly_every_right_plan_of_the_hand_written_orders()
    {
        var (all, free, grounded) = (0, 0, 0);
        foreach (var robot in PlanCorpus.Development())
        {
            foreach (var (text, plan) in robot.Orders)
            {
                var order = OrderText.TryRead(text, out _)!;
                var json = Write(plan);
                all++;
                if (CompiledGrammar.FromLanguage(PlanLanguage.Of(robot.Skills, robot.Places, order, grounded: false)).Accepts(json))
                    free++;
                else
                    output.WriteLine($"not allowed: {text} → {json}");
                if (CompiledGrammar.FromLanguage(PlanLanguage.Of(robot.Skills, robot.Places, order)).Accepts(json))
                    grounded++;
                else
                    output.WriteLine($"not grounded: {text} → {json}");
            }
        }

        output.WriteLine($"{all} orders: {100.0 * free / all:0.0} % allowed, {100.0 * grounded / all:0.0} % grounded");
        Assert.True(free >= all * 0.985, $"{free} of {all} right plans are allowed");
        Assert.True(grounded >= all * 0.965, $"{grounded} of {all} right plans are allowed grounded");
    }

    /// <summary>Numbers as the planners write them: 30.48, never 3.048E1.</summary>
    private static string Write(Plan plan) => PlanJson.Write(new Plan([.. plan.Steps.Select(step => step with { Arguments = JsonDocument.Parse(step.Arguments.GetRawText().Replace(": ", ":").Replace(", ", ",")).RootElement })]));
}
