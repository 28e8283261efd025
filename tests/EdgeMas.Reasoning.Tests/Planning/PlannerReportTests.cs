using EdgeMas.Core.Assets;
using EdgeMas.Core.Events;
using EdgeMas.Core.Models;
using EdgeMas.Grammar.Constraints;
using EdgeMas.Inference;
using EdgeMas.Reasoning.Planning;
using EdgeMas.Reasoning.Tests.Corpus;
using EdgeMas.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Reasoning.Tests.Planning;

/// <summary>
/// How many hand-written orders for robots that no planner was trained for become exactly the right plan. The in-box planner knows the usual skills only, so
/// its figure is small; it must not shrink unseen. <c>EDGEMAS_PLANNER_REPORT=5</c> runs the whole comparison with every fifth order, with Gemma where its
/// file is.
/// </summary>
public sealed class PlannerReportTests(InBoxModel inBox, ITestOutputHelper output)
{
    private static readonly PlannerOptions Schema = PlannerOptions.Default with { Grounded = false };

    [Fact]
    public async Task The_in_box_planner_keeps_its_share_of_exact_plans()
    {
        var exact = await MeasureAsync("in-box, grounded", await inBox.GetAsync(), PromptStyle.PlannerChatMl, PlannerOptions.Default, every: 5);

        Assert.True(exact >= 0.08, $"{exact:P1} exact plans");
    }

    [Fact]
    public async Task The_whole_report()
    {
        var isAsked = int.TryParse(Environment.GetEnvironmentVariable("EDGEMAS_PLANNER_REPORT"), out var every) && every > 0;
        Assert.SkipUnless(isAsked, "takes minutes: set EDGEMAS_PLANNER_REPORT=5 for every fifth order");
        var model = await inBox.GetAsync();
        await MeasureAsync("in-box, free", model, PromptStyle.PlannerChatMl, PlannerOptions.Default, every, constrained: false);
        await MeasureAsync("in-box, under the schema", model, PromptStyle.PlannerChatMl, Schema, every);
        var inBoxExact = await MeasureAsync("in-box, grounded", model, PromptStyle.PlannerChatMl, PlannerOptions.Default, every);
        Assert.True(inBoxExact >= 0.08, $"{inBoxExact:P1} exact plans of the in-box planner");

        var card = new ModelCard(
            "planner-gemma", SharedFiles.Require("models/gemma-3-270m-en64k.gguf"), AssetLocator.FindModel("planner-gemma3-270m-lora.gguf"), PromptStyle.PlannerGemma, "Gemma", 2_048);
        await using var gemma = await LlamaModel.LoadAsync(card, new LlamaOptions(), NullLogger.Instance, null, CancellationToken.None);
        await MeasureAsync("Gemma, free", gemma, PromptStyle.PlannerGemma, PlannerOptions.Default, every, constrained: false);
        var gemmaExact = await MeasureAsync("Gemma, grounded", gemma, PromptStyle.PlannerGemma, PlannerOptions.Default, every);
        Assert.True(gemmaExact >= 0.45, $"{gemmaExact:P1} exact plans of Gemma");
    }

    private async Task<double> MeasureAsync(string name, ILanguageModel model, PromptStyle style, PlannerOptions options, int every, bool constrained = true)
    {
        var constraints = constrained ? new CountedConstraints(GrammarConstraints.For(model)!) : null;
        var planner = new Planner(model, constraints, style, options);
        var (index, asked, exact, wrong) = (0, 0, 0, 0);
        var seconds = 0.0;
        foreach (var robot in PlanCorpus.Development())
        {
            foreach (var (order, plan) in robot.Orders)
            {
                if (index++ % every != 0)
                    continue;
                asked++;
                try
                {
                    var proposal = await planner.PlanAsync(new PlanRequest("report", order, [], null, 0), robot.Skills, robot.Places, CancellationToken.None);
                    exact += PlanCorpus.AreSame(plan, proposal.Plan) ? 1 : 0;
                    seconds += proposal.Seconds;
                }
                catch (PlanningException)
                {
                    wrong++;
                }
            }
        }
        output.WriteLine($"{name}: {exact} of {asked} exact ({100.0 * exact / asked:0.0} %), {wrong} no plan, {1000 * seconds / asked:0} ms each, {constraints?.ForcedShare ?? 0:P1} of the tokens forced, {constraints?.CreateMilliseconds ?? 0:0.00} ms to prepare an order's language (median)");
        return (double)exact / asked;
    }
}
