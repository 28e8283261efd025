using EdgeMas.Control.Desk;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Time;

namespace EdgeMas.Control.Motor;

/// <summary>
/// The agent of a driving base: offers its motions as skills and tells its state on <c>motion/base/state</c>. It sets goals; the control loop drives. The
/// e-stop topic has a listener of its own (<see cref="Stopping.EStopListener"/>), which is there while this agent is not.
/// </summary>
/// <param name="brake">Lets a virtual clock wait while the agent looks after a motion; null in real time.</param>
public sealed class MotorAgent(MotionDesk desk, MotorOptions options, ITimeBrake? brake = null) : BodyAgent
{
    /// <summary>What the agent of a base with a dock offers, for those who want to know without one: grammars, help.</summary>
    /// <param name="maxSpeed">Metres a second.</param>
    public static IReadOnlyList<SkillDescriptor> Describe(double maxSpeed, DriveKind drive = DriveKind.Differential) =>
        new MotorDescriptors(maxSpeed, new MotorOptions().OpenTo, drive).All;

    private protected override (IReadOnlyList<Skill> Skills, Task Work) Begin(AgentContext context, CancellationToken ending)
    {
        options.Check();
        var runner = new MotionRunner(desk, context.Name, context.Time, brake ?? NoTimeBrake.Instance, options.ProgressInterval);
        return (new MotorSkills(desk, runner, options, context.Time).All, new BaseReporter(desk, context, options.ReportInterval, options.Drive.Kind == DriveKind.Mecanum).RunAsync(ending));
    }
}
