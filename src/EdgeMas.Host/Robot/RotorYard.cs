using EdgeMas.Control.Flight;
using EdgeMas.Control.Motor;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Motion;
using EdgeMas.Devices.Quadrotor;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Robot;

/// <summary>A quadrotor of chips on this machine's buses.</summary>
/// <inheritdoc cref="ChipYard{TGoal, TBody}"/>
internal sealed class RotorYard(QuadrotorConfiguration quadrotor, QuadrotorBodyConfiguration rotors, RobotConfiguration configuration, DataFolders folders, Action<string> tell) : ChipYard<FlightGoal, FlightState>(
    configuration,
    folders,
    SettingsOf(configuration, rotors.Mounting.ToJson()) with
    {
        Quadrotor = new QuadrotorSettings(quadrotor.Limits with { Vehicle = quadrotor.Limits.Vehicle with { HostPatience = configuration.Control.Heartbeat } }, quadrotor.Options),
    },
    FlightDesk.Attach,
    () =>
    {
        var body = new QuadrotorMount(rotors.Wiring, TimeProvider.System, rotors.Mounting.Resolve);
        return (body, new QuadrotorLoop(body, quadrotor.Limits, quadrotor.Options, TimeProvider.System));
    },
    tell)
{
    public override Pose2D Pose => Desk.Snapshot.Body is var body ? new Pose2D(body.Position.X, body.Position.Y, body.Yaw) : default;

    public override bool IsAtRest => Desk.Snapshot.Body.Mode == FlightMode.Off;

    public override Agent CreateMotor(MotorOptions options) => new QuadrotorAgent(Desk, quadrotor.Limits, new QuadrotorOptions { Places = options.Destinations, OpenTo = options.OpenTo });
}
