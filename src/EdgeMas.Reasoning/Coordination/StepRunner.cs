using EdgeMas.Core.Agents;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Skills;

namespace EdgeMas.Reasoning.Coordination;

/// <summary>Runs the steps of the ledger's mission in order, side by side where the plan says so, by calling skills on whichever agents have them.</summary>
internal sealed class StepRunner(MissionLedger ledger, AgentContext context)
{
    /// <summary>Runs from the first step that is still pending.</summary>
    /// <returns>Null when all steps are through; else the first that failed.</returns>
    internal async Task<int?> RunAsync(CancellationToken cancellationToken)
    {
        var mission = ledger.Current!;
        var first = mission.Steps.TakeWhile(step => step.State != StepState.Pending).Count();
        while (first < ledger.Current!.Steps.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = StepGuards.EndOfGroup(ledger.Current.Steps, first);
            if (StepGuards.WhySkipped(ledger.Current.Steps, first) is { } reason)
            {
                for (var i = first; i < end; i++)
                    ledger.ChangeStep(i, step => step with { State = StepState.Skipped, Reason = reason });
            }
            else
            {
                await Task.WhenAll(Enumerable.Range(first, end - first).Where(IsPending).Select(i => RunStepAsync(i, cancellationToken)));
                var failed = Enumerable.Range(first, end - first).Where(i => ledger.Current.Steps[i].State == StepState.Failed).Cast<int?>().FirstOrDefault();
                if (failed is not null && !StepGuards.IsExpected(ledger.Current.Steps, end))
                    return failed;
            }
            first = end;
        }
        return null;
    }

    private bool IsPending(int index) => ledger.Current!.Steps[index].State == StepState.Pending;

    private async Task RunStepAsync(int index, CancellationToken cancellationToken)
    {
        var mission = ledger.Current!;
        var step = mission.Steps[index].Step;
        var agent = context.Registry.ProvidersOf(step.Name) is [var only] ? only : null; // several bid; who won is known at the end
        ledger.ChangeStep(index, running => running with { State = StepState.Running, Agent = agent, Reason = null });
        var started = context.Time.GetTimestamp();
        try
        {
            var reply = await context.CallSkillAsync(
                step.Name, step.Arguments, mission.Id, mission.Taint | Taint.Model, progress => ledger.Report(index, progress.Fraction), cancellationToken);
            ledger.ChangeStep(index, running => End(running, reply, context.Time.GetElapsedTime(started)));
        }
        catch (OperationCanceledException)
        {
            ledger.ChangeStep(index, running => running with { State = StepState.Cancelled, Seconds = context.Time.GetElapsedTime(started).TotalSeconds });
            throw;
        }
    }

    private static MissionStep End(MissionStep step, SkillReply reply, TimeSpan elapsed) => step with
    {
        State = reply.Outcome.Succeeded ? StepState.Completed : StepState.Failed,
        Agent = reply.Agent.Length > 0 ? reply.Agent : step.Agent,
        Seconds = elapsed.TotalSeconds,
        Reason = reply.Outcome.Reason,
        Found = reply.Outcome.Found,
        Result = reply.Outcome.Result,
    };
}
