using EdgeMas.Control.Desk;
using EdgeMas.Control.Motor;
using EdgeMas.Control.Stopping;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Motion;

namespace EdgeMas.Host.Robot;

/// <summary>A body that drives.</summary>
internal abstract class RoverYard : RobotYard
{
    /// <summary>Where the agents move the rover from, in whichever process its control loop is.</summary>
    public abstract MotionDesk Desk { get; }

    public override EmergencyStop EmergencyStop => Desk.EmergencyStop;

    public override Pose2D Pose => Desk.Snapshot.Pose;

    public override Agent CreateMotor(MotorOptions options) => new MotorAgent(Desk, options, TimeBrake);
}
