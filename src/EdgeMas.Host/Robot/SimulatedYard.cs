using EdgeMas.Control.Desk;
using EdgeMas.Control.Loop;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Vision;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Rendering;
using EdgeMas.Simulation.Rover;
using EdgeMas.Simulation.Running;
using EdgeMas.Simulation.World;

namespace EdgeMas.Host.Robot;

/// <summary>The simulated body in its world: clock, rover, control loop, camera, and the thread that runs them. The control loop may be a process of its own.</summary>
internal sealed class SimulatedYard : IDisposable
{
    private readonly RobotConfiguration _configuration;
    private readonly SimulationRunner _runner;
    private readonly RenderScene _scene;
    private readonly CameraMount _mount = new();
    private readonly SeparateCore? _core;

    public SimulatedYard(RobotConfiguration configuration, DataFolders folders, DateTimeOffset now)
    {
        _configuration = configuration;
        Clock = new VirtualClock(now) { Speed = ClockSpeed.TryParse(configuration.Clock) ?? 1 };
        World = new YardWorld(configuration.World);
        var rover = new SimulatedRover(World, Clock);
        var control = new ControlOptions { StartPose = World.TruePose, CruiseSpeed = configuration.Envelope.CruiseSpeed };
        Action tick;
        if (configuration.Control.OwnProcess)
        {
            _core = SeparateCore.Join(configuration, folders, rover, ConfiguredLimits.Of(configuration), control);
            (Desk, tick) = (_core.Desk, _core.Step);
        }
        else
        {
            var loop = new ControlLoop(rover, ConfiguredLimits.Of(configuration), control, Clock);
            (Desk, tick) = (loop.Desk, loop.Tick);
        }
        _scene = YardScene.Of(configuration.World);
        _runner = new SimulationRunner(World, Clock, tick, () => Desk.Snapshot.IsMoving);
    }

    public VirtualClock Clock { get; }

    public YardWorld World { get; }

    /// <summary>Where the agents move the rover from, in whichever process its control loop is.</summary>
    public MotionDesk Desk { get; }

    /// <summary>The world's own pose of the rover, which no agent may ask for.</summary>
    public Pose2D Truth => World.TruePose;

    /// <summary>Fails when the world or the control loop threw.</summary>
    public Task Completion => _runner.Completion;

    public void Start() => _runner.Start();

    public ICamera CreateCamera()
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

    public void Dispose()
    {
        _runner.Dispose();
        _core?.Dispose();
    }
}
