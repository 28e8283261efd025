using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Time;

namespace EdgeMas.Control.Arm;

/// <summary>The agent of an arm: offers its motions as skills and tells its state on <c>motion/base/state</c>. It sets goals; the control loop moves.</summary>
/// <param name="loop">Its desk takes the goals.</param>
/// <param name="brake">Lets a virtual clock wait while the agent looks after a motion; null in real time.</param>
public sealed class ArmAgent(ArmLoop loop, ArmOptions options, ITimeBrake? brake = null) : Agent
{
    private readonly CancellationTokenSource _ending = new();
    private IReadOnlyList<Skill> _skills = [];
    private Task _reports = Task.CompletedTask;

    /// <summary>What the agent offers, for those who want to know without one: grammars, help.</summary>
    public static IReadOnlyList<SkillDescriptor> Describe(ArmLimits limits) => ArmSkills.Describe(limits, new ArmOptions().OpenTo);

    public override IReadOnlyList<Skill> Skills => _skills;

    public override ValueTask StartAsync(AgentContext context, CancellationToken cancellationToken)
    {
        var runner = new VehicleRunner<ArmGoal, ArmState>(
            loop.Desk, context.Name, context.Time, brake ?? NoTimeBrake.Instance, options.ReportInterval, static body => body.Remaining * 180 / Math.PI, "°");
        _skills = new ArmSkills(loop, runner, options, context.Time).All;
        _reports = new VehicleReporter(Report, context, options.ReportInterval).RunAsync(_ending.Token);
        return ValueTask.CompletedTask;
    }

    public override ValueTask ReceiveAsync(Delivery delivery, AgentContext context, CancellationToken cancellationToken) =>
        _reports.IsFaulted ? new ValueTask(_reports) : ValueTask.CompletedTask; // a reporter that died fails its agent

    public override async ValueTask StopAsync(AgentContext context, CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        await _reports;
        _ending.Dispose();
    }

    private MotionReport Report()
    {
        var now = loop.Desk.Snapshot;
        var body = now.Body;
        var joints = new double[loop.Limits.Joints.Count];
        for (var i = 0; i < joints.Length; i++)
            joints[i] = Math.Round(body.Angles[i], 3);
        return new MotionReport(
            new Pose2D(Math.Round(body.Tool.X, 2), Math.Round(body.Tool.Y, 2), 0), 0, 0, null, 1, now.EStop, VehicleWords.Limit(now.Limited), Math.Round(body.Tool.Z, 2), joints);
    }
}
