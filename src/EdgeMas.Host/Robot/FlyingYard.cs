using EdgeMas.Control.Flight;
using EdgeMas.Control.Motor;
using EdgeMas.Control.Stopping;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Time;
using EdgeMas.Core.Vision;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Flight;
using EdgeMas.Simulation.Running;

namespace EdgeMas.Host.Robot;

/// <summary>A simulated quadrotor above the yard's ground: clock, air, control loop, and the thread that runs them at 250 Hz.</summary>
internal sealed class FlyingYard : RobotYard
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(4);

    private readonly QuadrotorConfiguration _quadrotor;
    private readonly VirtualClock _clock;
    private readonly QuadrotorWorld _world;
    private readonly QuadrotorLoop _loop;
    private readonly SimulationRunner _runner;

    public FlyingYard(QuadrotorConfiguration quadrotor, RobotConfiguration configuration, DateTimeOffset now)
    {
        _quadrotor = quadrotor;
        _clock = new VirtualClock(now) { Speed = ClockSpeed.TryParse(configuration.Clock) ?? 1 };
        _world = new QuadrotorWorld(quadrotor.Body with { Seed = configuration.World.Seed });
        _loop = new QuadrotorLoop(new SimulatedQuadrotor(_world, _clock), quadrotor.Limits, quadrotor.Options, _clock);
        _runner = new SimulationRunner(_world.Step, _clock, _loop.Tick, () => _loop.Desk.Snapshot.IsMoving, new SimulationOptions { Step = Period });
    }

    public override TimeProvider Clock => _clock;

    public override ITimeBrake TimeBrake => _clock;

    public override TimeSpan Elapsed => _clock.Elapsed;

    public override EmergencyStop EmergencyStop => _loop.Desk.EmergencyStop;

    public override Pose2D Pose => _loop.Desk.Snapshot.Body is var body ? new Pose2D(body.Position.X, body.Position.Y, body.Yaw) : default;

    public override Pose2D Truth => _world.Truth is var truth ? new Pose2D(truth.Position.X, truth.Position.Y, truth.Attitude.Yaw) : default;

    /// <summary>By the world's own knowledge.</summary>
    public bool IsOnGround => _world.Truth.IsOnGround;

    public override bool IsAtRest => _loop.Desk.Snapshot.Body.Mode == FlightMode.Off;

    public override IReadOnlyList<string> Troubles => _loop.Desk.Fault is { } fault ? [$"the control loop failed: {fault}"] : [];

    public override void Start() => _runner.Start();

    public override Agent CreateMotor(MotorOptions options)
    {
        MotorPlace[] places = options.Dock is { } dock ? [.. options.Places, dock] : [.. options.Places];
        return new QuadrotorAgent(_loop.Desk, _quadrotor.Limits, new QuadrotorOptions { Places = places, OpenTo = options.OpenTo }, _clock);
    }

    public override ICamera? CreateCamera() => null;

    public override void Dispose() => _runner.Dispose();
}
