using EdgeMas.Control.Arm;
using EdgeMas.Control.Motor;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Process;
using EdgeMas.Control.Stopping;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Time;
using EdgeMas.Core.Vision;
using EdgeMas.Devices.Arm;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Robot;

/// <summary>An arm of servos on this machine's bus, under the same control loop and envelope as the simulated one: with its drivers in edgemas-control, or on a thread of this process, which leaves the servos where they were told to be when it dies.</summary>
internal sealed class ServoYard : RobotYard
{
    private readonly ArmLimits _limits;
    private readonly SeparateCore<VehicleDesk<ArmGoal, ArmState>>? _core;
    private readonly ArmMount? _body;
    private readonly ControlThread? _thread;
    private readonly long _began;

    /// <param name="tell">Told when the core's process dies and when it is back.</param>
    /// <exception cref="IOException">The core's process cannot be started, or is another host's.</exception>
    public ServoYard(ArmConfiguration arm, ArmBodyConfiguration servos, RobotConfiguration configuration, DataFolders folders, Action<string> tell)
    {
        (_began, _limits) = (Clock.GetTimestamp(), arm.Limits);
        if (ChipsInOwnProcess(configuration))
        {
            var settings = new CoreSettings
            {
                RateHz = configuration.Control.RateHz,
                Arm = arm.Limits with { Vehicle = arm.Limits.Vehicle with { HostPatience = configuration.Control.Heartbeat } },
                Wiring = servos.Mounting.ToJson(),
                KernelWatchdogSeconds = configuration.Control.KernelWatchdogSeconds,
            };
            _core = SeparateCore<VehicleDesk<ArmGoal, ArmState>>.Join(configuration, folders, settings, ArmDesk.Attach, openBody: null, tell);
            Desk = _core.Desk;
            return;
        }
        _body = new ArmMount(servos.Wiring, Clock, servos.Mounting.Resolve);
        var loop = new ArmLoop(_body, arm.Limits, Clock);
        Desk = loop.Desk;
        _body.StopPressed += OnStopPressed;
        var realtime = new RealtimeOptions { Priority = configuration.Control.Priority, Processor = configuration.Control.Processor, LockMemory = false };
        _thread = ControlThread.For(loop, TimeSpan.FromSeconds(1.0 / configuration.Control.RateHz), realtime);
    }

    /// <summary>Where the arm is moved from.</summary>
    public VehicleDesk<ArmGoal, ArmState> Desk { get; }

    public override TimeProvider Clock => TimeProvider.System;

    public override ITimeBrake TimeBrake => NoTimeBrake.Instance;

    public override TimeSpan Elapsed => Clock.GetElapsedTime(_began);

    public override EmergencyStop EmergencyStop => Desk.EmergencyStop;

    /// <summary>Of the tool over the ground, from the arm's base, by what the servos were told.</summary>
    public override Pose2D Pose => Desk.Snapshot.Body.Tool is var tool ? new Pose2D(tool.X, tool.Y, 0) : default;

    public override Pose2D Truth => Pose;

    public override IReadOnlyList<string> Troubles =>
        _core?.Troubles ??
        [
            .. _body!.Troubles, .. Desk.Fault is { } fault ? [$"the control loop failed: {fault}"] : Array.Empty<string>(),
            .. _thread!.Refused.IsCompletedSuccessfully ? _thread.Refused.GetAwaiter().GetResult() : [],
        ];

    public override void Start() => _thread?.Start();

    public override Agent CreateMotor(MotorOptions options) => new ArmAgent(Desk, _limits, new ArmOptions { OpenTo = options.OpenTo });

    public override ICamera? CreateCamera() => null;

    public override void Dispose()
    {
        _core?.Dispose();
        _thread?.Dispose();
        _body?.Dispose();
    }

    private void OnStopPressed() => EmergencyStop.Engage(EStopReason.Line);
}
