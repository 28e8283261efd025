using EdgeMas.Control.Flight;
using EdgeMas.Control.Motor;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Stopping;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Time;
using EdgeMas.Core.Vision;
using EdgeMas.Devices.Quadrotor;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Robot;

/// <summary>A quadrotor of chips on this machine's buses, under the same control loop and envelope as the simulated one, on a thread of this process.</summary>
internal sealed class RotorYard : RobotYard
{
    private readonly QuadrotorConfiguration _quadrotor;
    private readonly QuadrotorMount _body;
    private readonly QuadrotorLoop _loop;
    private readonly ControlThread _thread;
    private readonly long _began;

    public RotorYard(QuadrotorConfiguration quadrotor, QuadrotorBodyConfiguration rotors, RobotConfiguration configuration)
    {
        _quadrotor = quadrotor;
        _began = Clock.GetTimestamp();
        _body = new QuadrotorMount(rotors.Wiring, Clock, rotors.Resolve);
        _loop = new QuadrotorLoop(_body, quadrotor.Limits, quadrotor.Options, Clock);
        _body.StopPressed += OnStopPressed;
        var realtime = new RealtimeOptions { Priority = configuration.Control.Priority, Processor = configuration.Control.Processor, LockMemory = false };
        _thread = ControlThread.For(_loop, TimeSpan.FromSeconds(1.0 / configuration.Control.RateHz), realtime);
    }

    public override TimeProvider Clock => TimeProvider.System;

    public override ITimeBrake TimeBrake => NoTimeBrake.Instance;

    public override TimeSpan Elapsed => Clock.GetElapsedTime(_began);

    public override EmergencyStop EmergencyStop => _loop.Desk.EmergencyStop;

    public override Pose2D Pose => _loop.Desk.Snapshot.Body is var body ? new Pose2D(body.Position.X, body.Position.Y, body.Yaw) : default;

    public override Pose2D Truth => Pose;

    public override bool IsAtRest => _loop.Desk.Snapshot.Body.Mode == FlightMode.Off;

    public override IReadOnlyList<string> Troubles =>
    [
        .. _body.Troubles, .. _loop.Desk.Fault is { } fault ? [$"the control loop failed: {fault}"] : Array.Empty<string>(),
        .. _thread.Refused.IsCompletedSuccessfully ? _thread.Refused.GetAwaiter().GetResult() : [],
    ];

    public override void Start() => _thread.Start();

    public override Agent CreateMotor(MotorOptions options)
    {
        MotorPlace[] places = options.Dock is { } dock ? [.. options.Places, dock] : [.. options.Places];
        return new QuadrotorAgent(_loop.Desk, _quadrotor.Limits, new QuadrotorOptions { Places = places, OpenTo = options.OpenTo });
    }

    public override ICamera? CreateCamera() => null;

    public override void Dispose()
    {
        _thread.Dispose();
        _body.Dispose();
    }

    private void OnStopPressed() => EmergencyStop.Engage(EStopReason.Line);
}
