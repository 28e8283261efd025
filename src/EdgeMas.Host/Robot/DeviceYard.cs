using EdgeMas.Control.Desk;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Stopping;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Time;
using EdgeMas.Core.Vision;
using EdgeMas.Devices.Rover;
using EdgeMas.Host.Configuration;
using EdgeMas.Vision.Cameras;

namespace EdgeMas.Host.Robot;

/// <summary>A rover of chips on this machine's pins, under the same control loop and envelope as the simulated one: with its drivers in edgemas-control, or on a thread of this process.</summary>
internal sealed class DeviceYard : RoverYard
{
    private readonly RobotConfiguration _configuration;
    private readonly SeparateCore<MotionDesk>? _core;
    private readonly RoverMount? _body;
    private readonly ControlThread? _thread;
    private readonly long _began;

    /// <param name="tell">Told when the core's process dies and when it is back.</param>
    /// <exception cref="IOException">The core's process cannot be started, or is another host's.</exception>
    public DeviceYard(RobotConfiguration configuration, BodyConfiguration body, DataFolders folders, Action<string> tell)
    {
        _configuration = configuration;
        _began = Clock.GetTimestamp();
        var start = configuration.World.Start;
        var control = new ControlOptions
        {
            StartPose = new Pose2D(start.At.X, start.At.Y, start.HeadingDeg * Math.PI / 180),
            CruiseSpeed = configuration.Envelope.CruiseSpeed,
            CalibrationTicks = configuration.Control.RateHz,
        };
        var limits = ConfiguredLimits.Of(configuration) with { HasRangeFinder = body.Wiring.RangeFinder is not null };
        if (ChipsInOwnProcess(configuration))
        {
            var settings = CoreSettingsOf(configuration, limits, control) with { Wiring = body.Resolve().ToJson(), KernelWatchdogSeconds = configuration.Control.KernelWatchdogSeconds };
            _core = SeparateCore<MotionDesk>.Join(configuration, folders, settings, MotionDesk.Attach, openBody: null, tell);
            Desk = _core.Desk;
            return;
        }
        _body = new RoverMount(body.Resolve(), Clock);
        var loop = new ControlLoop(_body, limits, control, Clock);
        Desk = loop.Desk;
        _body.StopPressed += OnStopPressed;
        var realtime = new RealtimeOptions { Priority = configuration.Control.Priority, Processor = configuration.Control.Processor, LockMemory = false };
        _thread = new ControlThread(loop, TimeSpan.FromSeconds(1.0 / configuration.Control.RateHz), realtime);
    }

    public override TimeProvider Clock => TimeProvider.System;

    public override ITimeBrake TimeBrake => NoTimeBrake.Instance;

    public override TimeSpan Elapsed => Clock.GetElapsedTime(_began);

    public override MotionDesk Desk { get; }

    public override Pose2D Truth => Desk.Snapshot.Pose;

    public override IReadOnlyList<string> Troubles =>
        _core?.Troubles ?? [.. _body!.Troubles, .. _thread!.Refused.IsCompletedSuccessfully ? _thread.Refused.GetAwaiter().GetResult() : []];

    public override void Start() => _thread?.Start();

    public override ICamera CreateCamera() => new OpenCvCamera(new OpenCvCameraOptions { Source = _configuration.Vision.Device, Width = _configuration.Vision.Width, Height = _configuration.Vision.Height, HorizontalFieldOfView = _configuration.Vision.HorizontalFieldOfView }, Clock);

    public override void Dispose()
    {
        _core?.Dispose();
        _thread?.Dispose();
        _body?.Dispose();
    }

    private void OnStopPressed() => Desk.EmergencyStop.Engage(EStopReason.Line);
}
