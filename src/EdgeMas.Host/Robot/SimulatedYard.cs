using EdgeMas.Control.Body;
using EdgeMas.Control.Desk;
using EdgeMas.Control.Loop;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Time;
using EdgeMas.Core.Vision;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Rendering;
using EdgeMas.Simulation.Rover;
using EdgeMas.Simulation.Running;
using EdgeMas.Simulation.World;

namespace EdgeMas.Host.Robot;

/// <summary>The simulated body in its world: clock, rover, control loop, camera, and the thread that runs them. The control loop may be a process of its own.</summary>
internal sealed class SimulatedYard : RoverYard
{
    private readonly RobotConfiguration _configuration;
    private readonly VirtualClock _clock;
    private readonly SimulationRunner _runner;
    private readonly RenderScene _scene;
    private readonly CameraMount _mount = new();
    private readonly SeparateCore<MotionDesk>? _core;

    /// <param name="tell">Told when the process of the control loop dies and when it is back.</param>
    public SimulatedYard(RobotConfiguration configuration, DataFolders folders, DateTimeOffset now, Action<string> tell)
    {
        _configuration = configuration;
        _clock = new VirtualClock(now) { Speed = ClockSpeed.TryParse(configuration.Clock) ?? 1 };
        World = new YardWorld(configuration.World);
        var rover = new SimulatedBody(World, _clock);
        var control = new ControlOptions { StartPose = World.TruePose, CruiseSpeed = configuration.Envelope.CruiseSpeed };
        Action tick;
        if (configuration.Control.OwnProcess)
        {
            var settings = CoreSettingsOf(configuration, ConfiguredLimits.Of(configuration), control);
            _core = SeparateCore<MotionDesk>.Join(configuration, folders, settings, MotionDesk.Attach, path => new RoverPump(path, rover, TimeProvider.System), tell);
            (Desk, tick) = (_core.Desk, _core.Step);
            Desk.CorrectPose(control.StartPose, weight: 1); // the world begins anew with this process
        }
        else
        {
            var loop = new ControlLoop(rover, ConfiguredLimits.Of(configuration), control, _clock);
            (Desk, tick) = (loop.Desk, loop.Tick);
        }
        _scene = YardScene.Of(configuration.World);
        _runner = new SimulationRunner(World, _clock, tick, () => Desk.Snapshot.IsMoving);
    }

    public override TimeProvider Clock => _clock;

    public override ITimeBrake TimeBrake => _clock;

    public override TimeSpan Elapsed => _clock.Elapsed;

    public YardWorld World { get; }

    public override MotionDesk Desk { get; }

    public override Pose2D Truth => World.TruePose;

    public override IReadOnlyList<string> Troubles => _core?.Troubles ?? [];

    /// <summary>Fails when the world or the control loop threw.</summary>
    public Task Completion => _runner.Completion;

    public override void Start() => _runner.Start();

    public override ICamera CreateCamera()
    {
        var vision = _configuration.Vision;
        var options = new SimulatedCameraOptions
        {
            Width = vision.Width,
            Height = vision.Height,
            HorizontalFieldOfView = vision.HorizontalFieldOfView,
            Seed = (int)(_configuration.World.Seed & int.MaxValue),
        };
        return new SimulatedCamera(options, () => (_scene, _mount.On(World.TruePose)), Clock);
    }

    public override void Dispose()
    {
        _runner.Dispose();
        _core?.Dispose();
    }
}
