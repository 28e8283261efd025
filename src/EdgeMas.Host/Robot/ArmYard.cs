using EdgeMas.Control.Arm;
using EdgeMas.Control.Motor;
using EdgeMas.Control.Stopping;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Time;
using EdgeMas.Core.Vision;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Arm;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Running;

namespace EdgeMas.Host.Robot;

/// <summary>A simulated arm of servos: clock, servos, control loop, and the thread that runs them at 100 Hz.</summary>
internal sealed class ArmYard : RobotYard
{
    private readonly VirtualClock _clock;
    private readonly ArmWorld _world;
    private readonly ArmLoop _loop;
    private readonly SimulationRunner _runner;

    public ArmYard(ArmConfiguration arm, RobotConfiguration configuration, DateTimeOffset now)
    {
        _clock = new VirtualClock(now) { Speed = ClockSpeed.TryParse(configuration.Clock) ?? 1 };
        _world = new ArmWorld(arm.Servos, configuration.World.Seed);
        _loop = new ArmLoop(new SimulatedArm(_world, _clock), arm.Limits, _clock);
        _runner = new SimulationRunner(_world.Step, _clock, _loop.Tick, () => _loop.Desk.Snapshot.IsMoving);
    }

    public override TimeProvider Clock => _clock;

    public override ITimeBrake TimeBrake => _clock;

    public override TimeSpan Elapsed => _clock.Elapsed;

    public override EmergencyStop EmergencyStop => _loop.Desk.EmergencyStop;

    /// <summary>Of the tool over the ground, from the arm's base.</summary>
    public override Pose2D Pose => OverGround(_loop.Desk.Snapshot.Body.Tool);

    public override Pose2D Truth => OverGround(_loop.Kinematics.ToolAt(_world.TrueAngles));

    public override IReadOnlyList<string> Troubles => _loop.Desk.Fault is { } fault ? [$"the control loop failed: {fault}"] : [];

    public override void Start() => _runner.Start();

    public override Agent CreateMotor(MotorOptions options) => new ArmAgent(_loop, new ArmOptions { OpenTo = options.OpenTo }, _clock);

    public override ICamera? CreateCamera() => null;

    public override void Dispose() => _runner.Dispose();

    private static Pose2D OverGround(in Vector3D tool) => new(tool.X, tool.Y, 0);
}
