using System.Security.Cryptography;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Skills;
using EdgeMas.Reasoning.Orders;

namespace EdgeMas.Reasoning.Coordination;

/// <summary>One order's way from words to its end: opened, planned, checked, run, mended within bounds, reported. Everything is stored before it is acted on.</summary>
internal sealed class MissionRunner(MissionLedger ledger, AgentContext context, CoordinatorOptions options)
{
    private readonly PlanSearch _plans = new(context, options);
    private readonly StepRunner _steps = new(ledger, context);

    /// <param name="refusal">Why the order is refused unplanned; null to go on.</param>
    /// <returns>The mission at its end. Cancelling the token ends it too: then <paramref name="whyCancelled"/> is asked for status and reason.</returns>
    internal async Task<Mission> RunAsync(PendingOrder order, string? refusal, Func<(MissionStatus Status, string Reason)> whyCancelled, CancellationToken cancellationToken)
    {
        var text = OrderText.TryRead(order.Text, out var unreadable, options.MaxOrderCharacters);
        var mission = ledger.Open(
            new Mission(NewId(), text?.Text ?? Shorten(order.Text), order.Source, order.Taint, MissionStatus.Planning, [], context.Time.GetUtcNow()), order.Message.Id);
        if (refusal is not null || text is null)
            return End(MissionStatus.Refused, refusal ?? unreadable!);
        try
        {
            var finding = await _plans.FindAsync(mission, [], null, cancellationToken);
            if (finding.Plan is not { } plan)
                return End(finding.Status, finding.Reason!);
            ledger.Change(planned => planned with { Status = MissionStatus.Running, Steps = [.. plan.Steps.Select(step => new MissionStep(step))] });
            return await RunStepsAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            var (status, reason) = whyCancelled();
            return End(status, reason);
        }
    }

    private async Task<Mission> RunStepsAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await _steps.RunAsync(cancellationToken) is not { } failed)
                return End(MissionStatus.Completed, MissionReport.Summarize(ledger.Current!.Steps));
            var mission = ledger.Current!;
            var trouble = $"{Capitalize(MissionReport.DescribeStep(mission.Steps, failed))} failed: {mission.Steps[failed].Reason ?? "no reason was given"}";
            if (mission.Round >= options.RepairRounds || !await TryMendAsync(failed, trouble, cancellationToken))
                return End(MissionStatus.Failed, trouble);
        }
    }

    /// <summary>Writes the rest of the plan anew, or makes the failed step pending again. A motion is never repeated unplanned: part of it may have been done.</summary>
    private async Task<bool> TryMendAsync(int failed, string trouble, CancellationToken cancellationToken)
    {
        var mission = ledger.Current!;
        if (!options.ReplansAfterFailure)
        {
            if (context.Registry.Find(mission.Steps[failed].Step.Name) is not { Safety: not SafetyClass.Motion })
                return false;
            ledger.Change(mending => mending with { Round = mending.Round + 1 });
            ledger.ChangeStep(failed, step => new MissionStep(step.Step));
            return true;
        }
        var done = mission.Steps.Where(step => step.State != StepState.Pending).ToList();
        ledger.Change(mending => mending with { Round = mending.Round + 1 });
        var finding = await _plans.FindAsync(ledger.Current!, done, trouble, cancellationToken);
        if (finding.Plan is not { Steps.Count: > 0 } rest)
            return false;
        ledger.Change(mending => mending with { Steps = [.. done, .. rest.Steps.Select(step => new MissionStep(step))] });
        return true;
    }

    private Mission End(MissionStatus status, string reason)
    {
        var steps = ledger.Current!.Steps;
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].State is StepState.Pending or StepState.Running)
                ledger.ChangeStep(i, step => step with { State = StepState.Cancelled });
        }
        return ledger.Change(mission => mission with { Status = status, Reason = reason, Ended = context.Time.GetUtcNow() });
    }

    private string Shorten(string text) =>
        text.Length > options.MaxOrderCharacters ? OrderText.Clean(text[..options.MaxOrderCharacters]) + "…" : OrderText.Clean(text);

    private static string Capitalize(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    /// <summary>Unlike a counter or the time, the same in no two runs: stored missions outlive the process, and virtual time begins anew.</summary>
    private static string NewId() => $"m-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5))}";
}
