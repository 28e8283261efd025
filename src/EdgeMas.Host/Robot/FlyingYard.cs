using EdgeMas.Control.Flight;
using EdgeMas.Control.Motor;
using EdgeMas.Control.Process;
using EdgeMas.Control.Stopping;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Time;
using EdgeMas.Core.Vision;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Flight;
using EdgeMas.Simulation.Running;

namespace EdgeMas.Host.Robot;

/// <summary>A simulated quadrotor above the yard's ground: clock, air, control loop, and the thread that runs them at 250 Hz. The control loop may be a process of its own.</summary>
internal sealed class FlyingYard : RobotYard
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(4);

    private readonly QuadrotorConfiguration _quadrotor;
    private readonly VirtualClock _clock;
    private readonly QuadrotorWorld _world;
    private readonly SimulationRunner _runner;
    private readonly SeparateCore<VehicleDesk<FlightGoal, FlightState>>? _core;

    /// <param name="tell">Told when the process of the control loop dies and when it is back.</param>
    /// <exception cref="IOException">The core's process cannot be started, or is another host's.</exception>
    public FlyingYard(QuadrotorConfiguration quadrotor, RobotConfiguration configuration, DataFolders folders, DateTimeOffset now, Action<string> tell)
    {
        _quadrotor = quadrotor;
        _clock = new VirtualClock(now) { Speed = ClockSpeed.TryParse(configuration.Clock) ?? 1 };
        _world = new QuadrotorWorld(quadrotor.Body with { Seed = configuration.World.Seed });
        var body = new SimulatedQuadrotor(_world, _clock);
        Action tick;
        if (configuration.Control.OwnProcess)
        {
            var limits = quadrotor.Limits with { Vehicle = InOwnProcess(quadrotor.Limits.Vehicle, configuration) };
            var settings = new CoreSettings { RateHz = configuration.Control.RateHz, Quadrotor = new QuadrotorSettings(limits, quadrotor.Options) };
            _core = SeparateCore<VehicleDesk<FlightGoal, FlightState>>.Join(configuration, folders, settings, FlightDesk.Attach, path => new QuadrotorPump(path, body, TimeProvider.System), tell);
            (Desk, tick) = (_core.Desk, _core.Step);
        }
        else
        {
            var loop = new QuadrotorLoop(body, quadrotor.Limits, quadrotor.Options, _clock);
            (Desk, tick) = (loop.Desk, loop.Tick);
        }
        _runner = new SimulationRunner(_world.Step, _clock, tick, () => Desk.Snapshot.IsMoving, new SimulationOptions { Step = Period });
    }

    /// <summary>Where the quadrotor is flown from.</summary>
    public VehicleDesk<FlightGoal, FlightState> Desk { get; }

    public override TimeProvider Clock => _clock;

    public override ITimeBrake TimeBrake => _clock;

    public override TimeSpan Elapsed => _clock.Elapsed;

    public override EmergencyStop EmergencyStop => Desk.EmergencyStop;

    public override Pose2D Pose => Desk.Snapshot.Body is var body ? new Pose2D(body.Position.X, body.Position.Y, body.Yaw) : default;

    public override Pose2D Truth => _world.Truth is var truth ? new Pose2D(truth.Position.X, truth.Position.Y, truth.Attitude.Yaw) : default;

    /// <summary>By the world's own knowledge.</summary>
    public bool IsOnGround => _world.Truth.IsOnGround;

    public override bool IsAtRest => Desk.Snapshot.Body.Mode == FlightMode.Off;

    public override IReadOnlyList<string> Troubles => _core?.Troubles ?? (Desk.Fault is { } fault ? [$"the control loop failed: {fault}"] : []);

    public override void Start() => _runner.Start();

    public override Agent CreateMotor(MotorOptions options)
    {
        MotorPlace[] places = options.Dock is { } dock ? [.. options.Places, dock] : [.. options.Places];
        return new QuadrotorAgent(Desk, _quadrotor.Limits, new QuadrotorOptions { Places = places, OpenTo = options.OpenTo }, _clock);
    }

    public override ICamera? CreateCamera() => null;

    public override void Dispose()
    {
        _runner.Dispose();
        _core?.Dispose();
    }
}
