using EdgeMas.Core.Events;
using EdgeMas.Core.Models;
using EdgeMas.Grammar.Constraints;
using EdgeMas.Host.Tools;
using EdgeMas.Reasoning.Planning;

namespace EdgeMas.Host.Bench;

/// <summary>
/// Orders become plans on one stream, each in three ways in turn: the model writes freely; held by the grammars, with forced tokens; held by llama.cpp's grammar
/// sampler. The prompt is computed before the clock starts, so that decoding is measured, and with it the making of the order's language.
/// </summary>
internal sealed class PlanningBench(ILanguageModel model, PromptStyle style)
{
    public async Task<IReadOnlyList<PlanningFigures>> RunAsync(
        IReadOnlyList<(string Order, ToolList Tools)> orders, int passes, Action<string> tell, CancellationToken cancellationToken)
    {
        var counted = new ForcedCount(GrammarConstraints.For(model) ?? throw new ModelException(model.Info.Name, "it does not tell its tokens, so its output cannot be held"));
        var peer = new PeerHeldModel(model);
        var free = new Planner(model, null, style, PlannerOptions.Default);
        (Planner Planner, PlanningFigures Figures)[] ways =
        [
            (free, new PlanningFigures("free", orders.Count)),
            (new Planner(model, counted, style, PlannerOptions.Default), new PlanningFigures("held, forced tokens", orders.Count)),
            (new Planner(peer, peer, style, PlannerOptions.Default), new PlanningFigures("held by llama.cpp's grammar sampler", orders.Count)),
        ];
        for (var pass = 0; pass < passes; pass++)
        {
            for (var order = 0; order < orders.Count; order++)
            {
                await PlanAsync(free, orders[order], cancellationToken);
                for (var i = 0; i < ways.Length; i++)
                {
                    var (planner, figures) = ways[(i + pass + order) % ways.Length];
                    await MeasureAsync(planner, figures, order, orders[order], cancellationToken);
                }
            }
            tell($"pass {pass + 1} of {passes}");
        }
        ways[1].Figures.ForcedShare = (double)counted.Forced / Math.Max(1, counted.Forced + counted.Chosen);
        return [.. ways.Select(static way => way.Figures)];
    }

    private static async Task MeasureAsync(Planner planner, PlanningFigures figures, int index, (string, ToolList) order, CancellationToken cancellationToken)
    {
        var (started, worked) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var tokens = await PlanAsync(planner, order, cancellationToken);
        figures.Add(index, TimeProvider.System.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - worked).TotalSeconds);
        if (tokens is null)
            figures.NoPlan++;
        figures.Tokens += tokens ?? 0;
    }

    /// <returns>Tokens of the output; null where it was no plan.</returns>
    private static async Task<int?> PlanAsync(Planner planner, (string Text, ToolList Tools) order, CancellationToken cancellationToken)
    {
        try
        {
            return (await planner.PlanAsync(new PlanRequest("bench", order.Text, [], null, 0), order.Tools.Skills, order.Tools.Places, cancellationToken)).Tokens;
        }
        catch (PlanningException)
        {
            return null; // counted: free output need not be a plan
        }
    }
}
