using EdgeMas.Control.Arm;
using EdgeMas.Control.Motor;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Stopping;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Time;
using EdgeMas.Core.Vision;
using EdgeMas.Devices.Arm;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Robot;

/// <summary>An arm of servos on this machine's bus, under the same control loop and envelope as the simulated one, on a thread of this process. A host that dies leaves the servos where they were told to be.</summary>
internal sealed class ServoYard : RobotYard
{
    private readonly ArmMount _body;
    private readonly ArmLoop _loop;
    private readonly ControlThread _thread;
    private readonly long _began;

    public ServoYard(ArmConfiguration arm, ArmBodyConfiguration servos, RobotConfiguration configuration)
    {
        _began = Clock.GetTimestamp();
        _body = new ArmMount(servos.Wiring, Clock, servos.Resolve);
        _loop = new ArmLoop(_body, arm.Limits, Clock);
        _body.StopPressed += OnStopPressed;
        var realtime = new RealtimeOptions { Priority = configuration.Control.Priority, Processor = configuration.Control.Processor, LockMemory = false };
        _thread = ControlThread.For(_loop, TimeSpan.FromSeconds(1.0 / configuration.Control.RateHz), realtime);
    }

    /// <summary>Where the arm is moved from.</summary>
    public VehicleDesk<ArmGoal, ArmState> Desk => _loop.Desk;

    public override TimeProvider Clock => TimeProvider.System;

    public override ITimeBrake TimeBrake => NoTimeBrake.Instance;

    public override TimeSpan Elapsed => Clock.GetElapsedTime(_began);

    public override EmergencyStop EmergencyStop => _loop.Desk.EmergencyStop;

    /// <summary>Of the tool over the ground, from the arm's base, by what the servos were told.</summary>
    public override Pose2D Pose => _loop.Desk.Snapshot.Body.Tool is var tool ? new Pose2D(tool.X, tool.Y, 0) : default;

    public override Pose2D Truth => Pose;

    public override IReadOnlyList<string> Troubles =>
    [
        .. _body.Troubles, .. _loop.Desk.Fault is { } fault ? [$"the control loop failed: {fault}"] : Array.Empty<string>(),
        .. _thread.Refused.IsCompletedSuccessfully ? _thread.Refused.GetAwaiter().GetResult() : [],
    ];

    public override void Start() => _thread.Start();

    public override Agent CreateMotor(MotorOptions options) => new ArmAgent(_loop, new ArmOptions { OpenTo = options.OpenTo });

    public override ICamera? CreateCamera() => null;

    public override void Dispose()
    {
        _thread.Dispose();
        _body.Dispose();
    }

    private void OnStopPressed() => EmergencyStop.Engage(EStopReason.Line);
}
