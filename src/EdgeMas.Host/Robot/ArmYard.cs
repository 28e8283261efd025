using EdgeMas.Control.Arm;
using EdgeMas.Control.Motor;
using EdgeMas.Control.Process;
using EdgeMas.Control.Stopping;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Time;
using EdgeMas.Core.Vision;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Arm;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Running;

namespace EdgeMas.Host.Robot;

/// <summary>A simulated arm of servos: clock, servos, control loop, and the thread that runs them at 100 Hz. The control loop may be a process of its own.</summary>
internal sealed class ArmYard : RobotYard
{
    private readonly VirtualClock _clock;
    private readonly ArmWorld _world;
    private readonly ArmLimits _limits;
    private readonly ArmKinematics _kinematics;
    private readonly SimulationRunner _runner;
    private readonly SeparateCore<VehicleDesk<ArmGoal, ArmState>>? _core;

    /// <param name="tell">Told when the process of the control loop dies and when it is back.</param>
    /// <exception cref="IOException">The core's process cannot be started, or is another host's.</exception>
    public ArmYard(ArmConfiguration arm, RobotConfiguration configuration, DataFolders folders, DateTimeOffset now, Action<string> tell)
    {
        (_limits, _kinematics) = (arm.Limits, new ArmKinematics(arm.Limits.Joints));
        _clock = new VirtualClock(now) { Speed = ClockSpeed.TryParse(configuration.Clock) ?? 1 };
        _world = new ArmWorld(arm.Servos, configuration.World.Seed);
        var body = new SimulatedArm(_world, _clock);
        Action tick;
        if (configuration.Control.OwnProcess)
        {
            var settings = new CoreSettings { RateHz = configuration.Control.RateHz, Arm = arm.Limits with { Vehicle = InOwnProcess(arm.Limits.Vehicle, configuration) } };
            _core = SeparateCore<VehicleDesk<ArmGoal, ArmState>>.Join(configuration, folders, settings, ArmDesk.Attach, path => new ArmPump(path, body, TimeProvider.System), tell);
            (Desk, tick) = (_core.Desk, _core.Step);
        }
        else
        {
            var loop = new ArmLoop(body, arm.Limits, _clock);
            (Desk, tick) = (loop.Desk, loop.Tick);
        }
        _runner = new SimulationRunner(_world.Step, _clock, tick, () => Desk.Snapshot.IsMoving);
    }

    /// <summary>Where the arm is moved from.</summary>
    public VehicleDesk<ArmGoal, ArmState> Desk { get; }

    public override TimeProvider Clock => _clock;

    public override ITimeBrake TimeBrake => _clock;

    public override TimeSpan Elapsed => _clock.Elapsed;

    public override EmergencyStop EmergencyStop => Desk.EmergencyStop;

    /// <summary>Of the tool over the ground, from the arm's base.</summary>
    public override Pose2D Pose => OverGround(Desk.Snapshot.Body.Tool);

    public override Pose2D Truth => OverGround(_kinematics.ToolAt(_world.TrueAngles));

    public override IReadOnlyList<string> Troubles => _core?.Troubles ?? (Desk.Fault is { } fault ? [$"the control loop failed: {fault}"] : []);

    public override void Start() => _runner.Start();

    public override Agent CreateMotor(MotorOptions options) => new ArmAgent(Desk, _limits, new ArmOptions { OpenTo = options.OpenTo }, _clock);

    public override ICamera? CreateCamera() => null;

    public override void Dispose()
    {
        _runner.Dispose();
        _core?.Dispose();
    }

    private static Pose2D OverGround(in Vector3D tool) => new(tool.X, tool.Y, 0);
}
