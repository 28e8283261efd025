using EdgeMas.Control.Desk;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Time;

namespace EdgeMas.Control.Motor;

/// <summary>
/// The agent of a driving base: offers its motions as skills and tells its state on <c>motion/base/state</c>. It sets goals; the control loop drives. The
/// e-stop topic has a listener of its own (<see cref="Stopping.EStopListener"/>), which is there while this agent is not.
/// </summary>
/// <param name="brake">Lets a virtual clock wait while the agent looks after a motion; null in real time.</param>
public sealed class MotorAgent(MotionDesk desk, MotorOptions options, ITimeBrake? brake = null) : Agent
{
    private readonly CancellationTokenSource _ending = new();
    private IReadOnlyList<Skill> _skills = [];
    private Task _reports = Task.CompletedTask;

    /// <summary>What the agent of a base with a dock offers, for those who want to know without one: grammars, help.</summary>
    /// <param name="maxSpeed">Metres a second.</param>
    public static IReadOnlyList<SkillDescriptor> Describe(double maxSpeed) => new MotorDescriptors(maxSpeed, new MotorOptions().OpenTo).All;

    public override IReadOnlyList<Skill> Skills => _skills;

    public override ValueTask StartAsync(AgentContext context, CancellationToken cancellationToken)
    {
        options.Check();
        var runner = new MotionRunner(desk, context.Name, context.Time, brake ?? NoTimeBrake.Instance, options.ProgressInterval);
        _skills = new MotorSkills(desk, runner, options, context.Time).All;
        _reports = new BaseReporter(desk, context, options.ReportInterval).RunAsync(_ending.Token);
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
}
