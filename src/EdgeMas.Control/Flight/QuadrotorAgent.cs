using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Events;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Time;

namespace EdgeMas.Control.Flight;

/// <summary>
/// The agent of a quadrotor: offers its flights as skills and tells its state on <c>motion/base/state</c>. It sets goals; the control loop flies. While it lives it keeps a quadrotor in the
/// air; when it ends or fails, that hovers and then lands.
/// </summary>
/// <param name="limits">Of the loop behind the desk.</param>
/// <param name="brake">Lets a virtual clock wait while the agent looks after a flight; null in real time.</param>
public sealed class QuadrotorAgent(VehicleDesk<FlightGoal, FlightState> desk, FlightLimits limits, QuadrotorOptions options, ITimeBrake? brake = null) : BodyAgent
{
    /// <summary>What the agent offers, for those who want to know without one: grammars, help.</summary>
    public static IReadOnlyList<SkillDescriptor> Describe(FlightLimits limits) => FlightSkills.Describe(limits, new QuadrotorOptions().OpenTo);

    private protected override (IReadOnlyList<Skill> Skills, Task Work) Begin(AgentContext context, CancellationToken ending)
    {
        var runner = new VehicleRunner<FlightGoal, FlightState>(
            desk, context.Name, context.Time, brake ?? NoTimeBrake.Instance, options.ReportInterval, static body => body.Remaining, "m");
        return (
            new FlightSkills(desk, runner, limits, options, context.Time).All,
            Task.WhenAll(new VehicleReporter(Report, context, options.ReportInterval).RunAsync(ending), runner.KeepAsync(static body => body.Mode != FlightMode.Off, ending)));
    }

    private MotionReport Report()
    {
        var now = desk.Snapshot;
        var body = now.Body;
        return new MotionReport(
            new Pose2D(Round(body.Position.X), Round(body.Position.Y), Round(body.Yaw)), Round(body.Velocity.Length), 0, null,
            double.IsNaN(body.Battery) ? 0 : body.Battery, now.EStop, VehicleWords.Limit(now.Limited), Height: Round(body.Position.Z));
    }

    private static double Round(double value) => Math.Round(value, 2);
}
