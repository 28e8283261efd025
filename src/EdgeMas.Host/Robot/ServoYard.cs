using EdgeMas.Control.Arm;
using EdgeMas.Control.Motor;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Motion;
using EdgeMas.Devices.Arm;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Robot;

/// <summary>An arm of servos on this machine's bus.</summary>
/// <inheritdoc cref="ChipYard{TGoal, TBody}"/>
internal sealed class ServoYard(ArmConfiguration arm, ArmBodyConfiguration servos, RobotConfiguration configuration, DataFolders folders, Action<string> tell) : ChipYard<ArmGoal, ArmState>(
    configuration,
    folders,
    SettingsOf(configuration, servos.Mounting.ToJson()) with { Arm = arm.Limits with { Vehicle = arm.Limits.Vehicle with { HostPatience = configuration.Control.Heartbeat } } },
    ArmDesk.Attach,
    () =>
    {
        var body = new ArmMount(servos.Wiring, TimeProvider.System, servos.Mounting.Resolve);
        return (body, new ArmLoop(body, arm.Limits, TimeProvider.System));
    },
    tell)
{
    /// <summary>Of the tool over the ground, from the arm's base, by what the servos were told.</summary>
    public override Pose2D Pose => Desk.Snapshot.Body.Tool is var tool ? new Pose2D(tool.X, tool.Y, 0) : default;

    public override Agent CreateMotor(MotorOptions options) => new ArmAgent(Desk, arm.Limits, new ArmOptions { OpenTo = options.OpenTo });
}
