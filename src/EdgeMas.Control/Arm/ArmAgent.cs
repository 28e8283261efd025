using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Events;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Time;

namespace EdgeMas.Control.Arm;

/// <summary>The agent of an arm: offers its motions as skills and tells its state on <c>motion/base/state</c>. It sets goals; the control loop moves.</summary>
/// <param name="limits">Of the loop behind the desk.</param>
/// <param name="brake">Lets a virtual clock wait while the agent looks after a motion; null in real time.</param>
public sealed class ArmAgent(VehicleDesk<ArmGoal, ArmState> desk, ArmLimits limits, ArmOptions options, ITimeBrake? brake = null) : BodyAgent
{
    /// <summary>What the agent offers, for those who want to know without one: grammars, help.</summary>
    public static IReadOnlyList<SkillDescriptor> Describe(ArmLimits limits) => ArmSkills.Describe(limits, new ArmOptions().OpenTo);

    private protected override (IReadOnlyList<Skill> Skills, Task Work) Begin(AgentContext context, CancellationToken ending)
    {
        var runner = new VehicleRunner<ArmGoal, ArmState>(
            desk, context.Name, context.Time, brake ?? NoTimeBrake.Instance, options.ReportInterval, static body => body.Remaining * 180 / Math.PI, "°");
        return (new ArmSkills(desk, runner, limits, options, context.Time).All, new VehicleReporter(Report, context, options.ReportInterval).RunAsync(ending));
    }

    private MotionReport Report()
    {
        var now = desk.Snapshot;
        var body = now.Body;
        var joints = new double[limits.Joints.Count];
        for (var i = 0; i < joints.Length; i++)
            joints[i] = Math.Round(body.Angles[i], 3);
        return new MotionReport(
            new Pose2D(Math.Round(body.Tool.X, 2), Math.Round(body.Tool.Y, 2), 0), 0, 0, null, 1, now.EStop, VehicleWords.Limit(now.Limited), Math.Round(body.Tool.Z, 2), joints);
    }
}
