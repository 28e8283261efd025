using EdgeMas.Control.Arm;
using EdgeMas.Control.Motor;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Motion;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Arm;

namespace EdgeMas.Host.Robot;

/// <summary>A simulated arm of servos, at 100 Hz.</summary>
/// <inheritdoc cref="VirtualYard{TGoal, TBody}"/>
internal sealed class ArmYard(ArmConfiguration arm, ArmWorld world, RobotConfiguration configuration, DataFolders folders, DateTimeOffset now, Action<string> tell) : VirtualYard<ArmGoal, ArmState>(
    configuration,
    folders,
    now,
    world.Step,
    clock =>
    {
        var body = new SimulatedArm(world, clock);
        return (() => new ArmLoop(body, arm.Limits, clock), path => new ArmPump(path, body, TimeProvider.System));
    },
    new() { Arm = arm.Limits with { Vehicle = InOwnProcess(arm.Limits.Vehicle, configuration) } },
    ArmDesk.Attach,
    simulation: null,
    tell)
{
    private readonly ArmKinematics _kinematics = new(arm.Limits.Joints);

    /// <summary>Of the tool over the ground, from the arm's base.</summary>
    public override Pose2D Pose => OverGround(Desk.Snapshot.Body.Tool);

    public override Pose2D Truth => OverGround(_kinematics.ToolAt(world.TrueAngles));

    public override Agent CreateMotor(MotorOptions options) => new ArmAgent(Desk, arm.Limits, new ArmOptions { OpenTo = options.OpenTo }, TimeBrake);

    private static Pose2D OverGround(in Vector3D tool) => new(tool.X, tool.Y, 0);
}
