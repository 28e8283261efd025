using EdgeMas.Control.Desk;
using EdgeMas.Control.Stopping;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Time;

namespace EdgeMas.Control.Motor;

/// <summary>
/// The agent of a driving base: offers its motions as skills, tells its state on <c>motion/base/state</c>, and listens to the e-stop topic. It sets goals; the
/// control loop drives.
/// </summary>
/// <param name="brake">Lets a virtual clock wait while the agent looks after a motion; null in real time.</param>
public sealed class MotorAgent(MotionDesk desk, MotorOptions options, ITimeBrake? brake = null) : Agent
{
    private readonly CancellationTokenSource _ending = new();
    private IReadOnlyList<Skill> _skills = [];
    private EStopListener? _listener;
    private Task _reports = Task.CompletedTask;

    public override IReadOnlyList<Skill> Skills => _skills;

    public override ValueTask StartAsync(AgentContext context, CancellationToken cancellationToken)
    {
        options.Check();
        var runner = new MotionRunner(desk, context.Name, context.Time, brake ?? NoTimeBrake.Instance, options.ProgressInterval);
        _skills = new MotorSkills(desk, runner, options, context.Time).All;
        _listener = new EStopListener(context.Bus, context.Topics.EStop, desk.EmergencyStop, options.ReleaseOpenTo);
        _reports = new BaseReporter(desk, context, options.ReportInterval).RunAsync(_ending.Token);
        return ValueTask.CompletedTask;
    }

    public override ValueTask ReceiveAsync(Delivery delivery, AgentContext context, CancellationToken cancellationToken) =>
        _reports.IsFaulted ? new ValueTask(_reports) : ValueTask.CompletedTask; // a reporter that died fails its agent

    public override async ValueTask StopAsync(AgentContext context, CancellationToken cancellationToken)
    {
        _listener?.Dispose();
        await _ending.CancelAsync();
        await _reports;
        _ending.Dispose();
    }
}
