using EdgeMas.Control.Desk;
using EdgeMas.Control.Envelope;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Motor;
using EdgeMas.Control.Process;
using EdgeMas.Control.Stopping;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Motion;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Robot;

/// <summary>A body that drives.</summary>
internal abstract class RoverYard : RobotYard
{
    /// <summary>Where the agents move the rover from, in whichever process its control loop is.</summary>
    public abstract MotionDesk Desk { get; }

    public override EmergencyStop EmergencyStop => Desk.EmergencyStop;

    public override Pose2D Pose => Desk.Snapshot.Pose;

    /// <summary>What a control loop in a process of its own runs under.</summary>
    protected static CoreSettings CoreSettingsOf(RobotConfiguration configuration, EnvelopeOptions limits, ControlOptions control) => new()
    {
        RateHz = configuration.Control.RateHz,
        Envelope = limits with { HostPatience = configuration.Control.Heartbeat, ReadingPatience = TimeSpan.FromMilliseconds(50) },
        Control = control with { CalibrationTicks = configuration.Control.RateHz },
    };

    public override Agent CreateMotor(MotorOptions options) => new MotorAgent(Desk, options, TimeBrake);
}
