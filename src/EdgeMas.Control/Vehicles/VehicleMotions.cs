using System.Text.Json.Nodes;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Motor;
using EdgeMas.Control.Stopping;
using EdgeMas.Core.Skills;

namespace EdgeMas.Control.Vehicles;

/// <summary>From a skill's goal to its outcome: sets it, waits for its end, and says how it ended. Any thread.</summary>
/// <param name="rest">The goal that brings the vehicle to rest: when a call is cancelled, and to stop.</param>
/// <param name="result">What an outcome says of where the vehicle is.</param>
internal sealed class VehicleMotions<TGoal, TBody>(VehicleDesk<TGoal, TBody> desk, VehicleRunner<TGoal, TBody> runner, TGoal rest, Func<VehicleSnapshot<TBody>, JsonObject> result)
    where TGoal : unmanaged
    where TBody : unmanaged
{
    internal async ValueTask<SkillOutcome> MoveAsync(TGoal goal, string done, SkillCall call, CancellationToken cancellationToken)
    {
        try
        {
            var end = await runner.RunAsync(goal, rest, call.Progress, cancellationToken);
            return end.State == MotionState.Done
                ? SkillOutcome.Done(done, result(end))
                : new SkillOutcome(false, $"{(end.State == MotionState.Refused ? "not begun" : "ended early")}: {VehicleWords.Why(end.Cause, desk.Fault)}", null, result(end));
        }
        catch (MotionRefusedException refusal)
        {
            return SkillOutcome.Failed(refusal.Message);
        }
    }

    /// <summary>Where it cannot be brought to rest, whoever has it, the emergency stop does.</summary>
    internal async ValueTask<SkillOutcome> StopAsync(string done, SkillCall call, CancellationToken cancellationToken)
    {
        var outcome = await MoveAsync(rest, done, call, cancellationToken);
        if (outcome.Succeeded)
            return outcome;
        desk.EmergencyStop.Engage(EStopReason.Api);
        return outcome with { Reason = $"{outcome.Reason}; emergency stop engaged" };
    }
}
