using EdgeMas.Control.Pacing;
using EdgeMas.Control.Process;
using EdgeMas.Control.Stopping;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Time;
using EdgeMas.Core.Vision;
using EdgeMas.Devices.Boards;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Robot;

/// <summary>A vehicle of chips on this machine's pins and buses, under the same control loop and envelope as the simulated one: with its drivers in edgemas-control, or on threads of this process, which leave the chips as they were told to be when it dies.</summary>
internal abstract class ChipYard<TGoal, TBody> : RobotYard
    where TGoal : unmanaged
    where TBody : unmanaged
{
    private readonly SeparateCore<VehicleDesk<TGoal, TBody>>? _core;
    private readonly IMountedBody? _body;
    private readonly ControlThread? _thread;
    private readonly long _began;

    /// <param name="settings">Of its kind of vehicle, with its wiring.</param>
    /// <param name="attach">Takes a core of this kind over.</param>
    /// <param name="open">The body and its loop, in this process.</param>
    /// <param name="tell">Told when the core's process dies and when it is back.</param>
    /// <exception cref="IOException">The core's process cannot be started, or is another host's.</exception>
    private protected ChipYard(
        RobotConfiguration configuration, DataFolders folders, CoreSettings settings, Func<string, CoreSettings, VehicleDesk<TGoal, TBody>> attach,
        Func<(IMountedBody Body, VehicleLoop<TGoal, TBody> Loop)> open, Action<string> tell)
    {
        _began = TimeProvider.System.GetTimestamp();
        if (ChipsInOwnProcess(configuration))
        {
            _core = SeparateCore<VehicleDesk<TGoal, TBody>>.Join(configuration, folders, settings, attach, openBody: null, tell);
            Desk = _core.Desk;
            return;
        }
        (_body, var loop) = open();
        Desk = loop.Desk;
        _body.StopPressed += OnStopPressed;
        var realtime = new RealtimeOptions { Priority = configuration.Control.Priority, Processor = configuration.Control.Processor, LockMemory = false };
        _thread = ControlThread.For(loop, TimeSpan.FromSeconds(1.0 / configuration.Control.RateHz), realtime);
    }

    /// <summary>Where the vehicle is moved from.</summary>
    public VehicleDesk<TGoal, TBody> Desk { get; }

    public override TimeProvider Clock => TimeProvider.System;

    public override ITimeBrake TimeBrake => NoTimeBrake.Instance;

    public override TimeSpan Elapsed => Clock.GetElapsedTime(_began);

    public override EmergencyStop EmergencyStop => Desk.EmergencyStop;

    public override Pose2D Truth => Pose;

    public override IReadOnlyList<string> Troubles =>
        _core?.Troubles ??
        [
            .. _body!.Troubles, .. Desk.Fault is { } fault ? [$"the control loop failed: {fault}"] : Array.Empty<string>(),
            .. _thread!.Refused.IsCompletedSuccessfully ? _thread.Refused.GetAwaiter().GetResult() : [],
        ];

    public override void Start() => _thread?.Start();

    public override ICamera? CreateCamera() => null;

    public override void Dispose()
    {
        _core?.Dispose();
        _thread?.Dispose();
        _body?.Dispose();
    }

    private protected static CoreSettings SettingsOf(RobotConfiguration configuration, System.Text.Json.JsonElement wiring) =>
        new() { RateHz = configuration.Control.RateHz, Wiring = wiring, KernelWatchdogSeconds = configuration.Control.KernelWatchdogSeconds };

    private void OnStopPressed() => EmergencyStop.Engage(EStopReason.Line);
}
