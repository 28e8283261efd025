using EdgeMas.Control;
using EdgeMas.Control.Envelope;
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

/// <summary>The simulated body in its world: clock, rover, control loop, camera, and the thread that runs them.</summary>
internal sealed class SimulatedYard : IDisposable
{
    private readonly RobotConfiguration _configuration;
    private readonly SimulationRunner _runner;
    private readonly RenderScene _scene;
    private readonly CameraMount _mount = new();

    public SimulatedYard(RobotConfiguration configuration, DateTimeOffset now)
    {
        _configuration = configuration;
        Clock = new VirtualClock(now) { Speed = ClockSpeed.TryParse(configuration.Clock) ?? 1 };
        World = new YardWorld(configuration.World);
        var start = World.TruePose;
        Loop = new ControlLoop(new SimulatedRover(World, Clock), Envelope(configuration), new ControlOptions { StartPose = start, CruiseSpeed = configuration.Envelope.CruiseSpeed }, Clock);
        _scene = YardScene.Of(configuration.World);
        _runner = new SimulationRunner(World, Clock, Loop.Tick, () => Loop.Snapshot.IsMoving);
    }

    public VirtualClock Clock { get; }

    public YardWorld World { get; }

    public ControlLoop Loop { get; }

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

    public void Dispose() => _runner.Dispose();

    private static EnvelopeOptions Envelope(RobotConfiguration configuration)
    {
        var limits = configuration.Envelope;
        return new EnvelopeOptions
        {
            MaxSpeed = limits.MaxSpeed,
            MaxReverseSpeed = Math.Min(limits.MaxSpeed, 0.4),
            MaxAcceleration = limits.MaxAcceleration,
            MaxTurnRate = limits.MaxTurnRate,
            MaxTurnAcceleration = limits.MaxTurnAcceleration,
            StopDistance = limits.StopDistance,
            WatchdogPatience = limits.Watchdog,
            Geofence = [.. configuration.World.Geofence.Select(corner => new Point2D(corner.X, corner.Y))],
        };
    }
}
