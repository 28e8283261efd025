using EdgeMas.Control.Flight;
using EdgeMas.Control.Motor;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Motion;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Flight;
using EdgeMas.Simulation.Running;

namespace EdgeMas.Host.Robot;

/// <summary>A simulated quadrotor above the yard's ground, at 250 Hz.</summary>
/// <inheritdoc cref="VirtualYard{TGoal, TBody}"/>
internal sealed class FlyingYard(QuadrotorConfiguration quadrotor, QuadrotorWorld world, RobotConfiguration configuration, DataFolders folders, DateTimeOffset now, Action<string> tell) : VirtualYard<FlightGoal, FlightState>(
    configuration,
    folders,
    now,
    world.Step,
    clock =>
    {
        var body = new SimulatedQuadrotor(world, clock);
        return (() => new QuadrotorLoop(body, quadrotor.Limits, quadrotor.Options, clock), path => new QuadrotorPump(path, body, TimeProvider.System));
    },
    new() { Quadrotor = new QuadrotorSettings(quadrotor.Limits with { Vehicle = InOwnProcess(quadrotor.Limits.Vehicle, configuration) }, quadrotor.Options) },
    FlightDesk.Attach,
    new SimulationOptions { Step = Period },
    tell)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(4);

    public override Pose2D Pose => Desk.Snapshot.Body is var body ? new Pose2D(body.Position.X, body.Position.Y, body.Yaw) : default;

    public override Pose2D Truth => world.Truth is var truth ? new Pose2D(truth.Position.X, truth.Position.Y, truth.Attitude.Yaw) : default;

    /// <summary>By the world's own knowledge.</summary>
    public bool IsOnGround => world.Truth.IsOnGround;

    public override bool IsAtRest => Desk.Snapshot.Body.Mode == FlightMode.Off;

    public override Agent CreateMotor(MotorOptions options) => new QuadrotorAgent(Desk, quadrotor.Limits, new QuadrotorOptions { Places = options.Destinations, OpenTo = options.OpenTo }, TimeBrake);
}
