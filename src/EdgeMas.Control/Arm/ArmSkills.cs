using System.Text.Json.Nodes;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Motor;
using EdgeMas.Control.Stopping;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Skills;

namespace EdgeMas.Control.Arm;

/// <summary>The arm agent's skills: from arguments to goals, and from how a goal ended to an outcome.</summary>
internal sealed class ArmSkills
{
    /// <summary>Metres that a reach may miss by.</summary>
    private const double ReachTolerance = 0.002;

    private readonly ArmLoop _loop;
    private readonly VehicleRunner<ArmGoal, ArmState> _runner;
    private readonly TimeProvider _time;

    internal ArmSkills(ArmLoop loop, VehicleRunner<ArmGoal, ArmState> runner, ArmOptions options, TimeProvider time)
    {
        (_loop, _runner, _time) = (loop, runner, time);
        var skills = Describe(loop.Limits, options.OpenTo);
        All = [new Skill(skills[0], MoveJointsAsync), new Skill(skills[1], ReachAsync), new Skill(skills[2], StopAsync), new Skill(skills[3], WaitAsync)];
    }

    internal IReadOnlyList<Skill> All { get; }

    internal static IReadOnlyList<SkillDescriptor> Describe(ArmLimits limits, Taint openTo)
    {
        var joints = new SkillSchema();
        for (var i = 0; i < limits.Joints.Count; i++)
            joints = joints.Number(JointName(i), "deg", Math.Round(Degrees(limits.Joints[i].Least), 3), Math.Round(Degrees(limits.Joints[i].Most), 3));
        var (least, most) = (limits.WorkspaceLeast, limits.WorkspaceMost);
        return
        [
            VehicleWords.Motion("move_joints", "Bring every joint to an angle, all arriving together.", joints, openTo, seconds: 3, minutes: 2),
            VehicleWords.Motion(
                "reach", "Bring the tool to a place, metres from the arm's base, z up.",
                new SkillSchema().Number("x_m", "m", least.X, most.X).Number("y_m", "m", least.Y, most.Y).Number("z_m", "m", least.Z, most.Z), openTo, seconds: 3, minutes: 2),
            VehicleWords.Stop("Come to rest and hold."),
            new("wait", "Wait for this many seconds.", new SkillSchema().Number("seconds", "s", 0, 3600).Build())
            {
                TypicalDuration = TimeSpan.FromSeconds(5),
                TimeLimit = TimeSpan.FromMinutes(61),
                Phrases = ["wait {seconds}", "wait for {seconds}"],
            },
        ];
    }

    private ValueTask<SkillOutcome> MoveJointsAsync(SkillCall call, CancellationToken cancellationToken)
    {
        var angles = default(JointVector);
        for (var i = 0; i < _loop.Limits.Joints.Count; i++)
        {
            var joint = _loop.Limits.Joints[i];
            angles[i] = Math.Clamp(VehicleWords.Number(call, JointName(i)) * Math.PI / 180, joint.Least, joint.Most); // the schema's limits are rounded
        }
        return MoveAsync(ArmGoal.Move(angles), "there", call, cancellationToken);
    }

    private ValueTask<SkillOutcome> ReachAsync(SkillCall call, CancellationToken cancellationToken)
    {
        var place = new Vector3D(VehicleWords.Number(call, "x_m"), VehicleWords.Number(call, "y_m"), VehicleWords.Number(call, "z_m"));
        var missed = _loop.Kinematics.Reach(place, _loop.Desk.Snapshot.Body.Angles, ReachTolerance, out var angles);
        return missed > ReachTolerance
            ? ValueTask.FromResult(SkillOutcome.Failed($"out of reach: the tool comes no nearer than {missed:0.000} m"))
            : MoveAsync(ArmGoal.Move(angles), "reached", call, cancellationToken);
    }

    private async ValueTask<SkillOutcome> MoveAsync(ArmGoal goal, string done, SkillCall call, CancellationToken cancellationToken)
    {
        try
        {
            var end = await _runner.RunAsync(goal, ArmGoal.Hold(), call.Progress, cancellationToken);
            return end.State == MotionState.Done
                ? SkillOutcome.Done(done, ResultOf(end))
                : new SkillOutcome(false, $"{(end.State == MotionState.Refused ? "not begun" : "ended early")}: {VehicleWords.Why(end.Cause, _loop.Desk.Fault)}", null, ResultOf(end));
        }
        catch (MotionRefusedException refusal)
        {
            return SkillOutcome.Failed(refusal.Message);
        }
    }

    private async ValueTask<SkillOutcome> StopAsync(SkillCall call, CancellationToken cancellationToken)
    {
        var outcome = await MoveAsync(ArmGoal.Hold(), "holding", call, cancellationToken);
        if (!outcome.Succeeded)
            _loop.Desk.EmergencyStop.Engage(EStopReason.Api); // whoever has it: it shall stand
        return outcome.Succeeded ? outcome : outcome with { Reason = $"{outcome.Reason}; emergency stop engaged" };
    }

    private async ValueTask<SkillOutcome> WaitAsync(SkillCall call, CancellationToken cancellationToken)
    {
        var seconds = VehicleWords.Number(call, "seconds");
        await Task.Delay(TimeSpan.FromSeconds(seconds), _time, cancellationToken);
        return SkillOutcome.Done($"waited {seconds:0.##} s");
    }

    private JsonObject ResultOf(in VehicleSnapshot<ArmState> end)
    {
        var joints = new JsonArray();
        for (var i = 0; i < _loop.Limits.Joints.Count; i++)
            joints.Add((JsonNode)Math.Round(Degrees(end.Body.Angles[i]), 1));
        return new JsonObject
        {
            ["x"] = Math.Round(end.Body.Tool.X, 3),
            ["y"] = Math.Round(end.Body.Tool.Y, 3),
            ["z"] = Math.Round(end.Body.Tool.Z, 3),
            ["joints_deg"] = joints,
        };
    }

    private static string JointName(int joint) => $"joint_{joint + 1}_deg";

    private static double Degrees(double radians) => radians * 180 / Math.PI;
}
