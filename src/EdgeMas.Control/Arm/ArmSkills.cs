using System.Text.Json.Nodes;
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

    private readonly VehicleDesk<ArmGoal, ArmState> _desk;
    private readonly ArmLimits _limits;
    private readonly ArmKinematics _kinematics;
    private readonly VehicleMotions<ArmGoal, ArmState> _motions;

    internal ArmSkills(VehicleDesk<ArmGoal, ArmState> desk, VehicleRunner<ArmGoal, ArmState> runner, ArmLimits limits, ArmOptions options, TimeProvider time)
    {
        (_desk, _limits, _kinematics) = (desk, limits, new ArmKinematics(limits.Joints));
        _motions = new VehicleMotions<ArmGoal, ArmState>(desk, runner, ArmGoal.Hold(), end => ResultOf(end));
        var skills = Describe(limits, options.OpenTo);
        All =
        [
            new Skill(skills[0], MoveJointsAsync), new Skill(skills[1], ReachAsync), new Skill(skills[2], (call, token) => _motions.StopAsync("holding", call, token)),
            BodySkills.ForWaiting(time),
        ];
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
            BodySkills.Motion("move_joints", "Bring every joint to an angle, all arriving together.", joints, openTo, seconds: 3, minutes: 2),
            BodySkills.Motion(
                "reach", "Bring the tool to a place, metres from the arm's base, z up.",
                new SkillSchema().Number("x_m", "m", least.X, most.X).Number("y_m", "m", least.Y, most.Y).Number("z_m", "m", least.Z, most.Z), openTo, seconds: 3, minutes: 2),
            BodySkills.Stop("Come to rest and hold.", TimeSpan.FromSeconds(15)),
            BodySkills.Wait,
        ];
    }

    private ValueTask<SkillOutcome> MoveJointsAsync(SkillCall call, CancellationToken cancellationToken)
    {
        var angles = default(JointVector);
        for (var i = 0; i < _limits.Joints.Count; i++)
        {
            var joint = _limits.Joints[i];
            angles[i] = Math.Clamp(BodySkills.Number(call, JointName(i)) * Math.PI / 180, joint.Least, joint.Most); // the schema's limits are rounded
        }
        return _motions.MoveAsync(ArmGoal.Move(angles), "there", call, cancellationToken);
    }

    private ValueTask<SkillOutcome> ReachAsync(SkillCall call, CancellationToken cancellationToken)
    {
        var place = new Vector3D(BodySkills.Number(call, "x_m"), BodySkills.Number(call, "y_m"), BodySkills.Number(call, "z_m"));
        var missed = _kinematics.Reach(place, _desk.Snapshot.Body.Angles, ReachTolerance, out var angles);
        return missed > ReachTolerance
            ? ValueTask.FromResult(SkillOutcome.Failed($"out of reach: the tool comes no nearer than {missed:0.000} m"))
            : _motions.MoveAsync(ArmGoal.Move(angles), "reached", call, cancellationToken);
    }

    private JsonObject ResultOf(in VehicleSnapshot<ArmState> end)
    {
        var joints = new JsonArray();
        for (var i = 0; i < _limits.Joints.Count; i++)
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
