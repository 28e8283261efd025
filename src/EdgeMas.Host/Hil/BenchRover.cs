using EdgeMas.Control.Goals;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Stopping;
using EdgeMas.Devices.Gpio;
using EdgeMas.Devices.Rover;
using EdgeMas.Host.Boards;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Robot;
using EdgeMas.Simulation.Board;
using EdgeMas.Simulation.Description;
using EdgeMas.Simulation.World;

namespace EdgeMas.Host.Hil;

/// <summary>
/// A robot's configured body on the board, under the control loop, and the rover of a world at the other end of its wires: the loop closes through the kernel.
/// </summary>
internal sealed class BenchRover : IDisposable
{
    public const int ImuAddress = Devices.Chips.Mpu6050.Mpu6050.DefaultAddress;
    public const int RangeFinderAddress = Devices.Chips.Vl53l0x.Vl53l0x.DefaultAddress;

    /// <summary>At a drive that a busy computer broke off.</summary>
    private const int Attempts = 3;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);

    private readonly HilBench _bench;
    private ControlThread? _thread;
    private ControlLoop? _loop;
    private RoverMount? _body;
    private MotionLease _lease;

    /// <summary>Plugs the world's end of the wires; the body itself is opened by <see cref="PowerOn"/>.</summary>
    public BenchRover(HilBench bench, RobotConfiguration configuration, WorldDescription world)
    {
        _bench = bench;
        Configuration = configuration;
        Wiring = configuration.Body?.Wiring ?? throw new HilFailure($"{configuration.File} has no body of devices");
        Wired = new WiredRover(
            new YardWorld(world), Wire(Wiring.Left), Wire(Wiring.Right), Wiring.StandbyLine ?? throw new HilFailure("the rover's bridge has no standby line"),
            Wiring.StopLine?.Line ?? throw new HilFailure("the rover has no stop button"),
            new BoardPins(bench.Drive, bench.Level), bench.Board.Chips.Pwm, bench.Time);
        bench.Board.Chips.Plug(ImuAddress, Wired.Imu);
        bench.Board.Chips.Plug(RangeFinderAddress, Wired.RangeFinder);
        Wired.Start();
        bench.Rover = this;
    }

    public RobotConfiguration Configuration { get; }

    public RoverWiring Wiring { get; }

    public WiredRover Wired { get; }

    public YardWorld World => Wired.World;

    public RoverMount Body => _body ?? throw new HilFailure("the rover was not powered on");

    public ControlLoop Loop => _loop ?? throw new HilFailure("the rover was not powered on");

    public MotionSnapshot Snapshot => Loop.Desk.Snapshot;

    /// <exception cref="HilFailure">None was wired.</exception>
    public static BenchRover On(HilBench bench) => bench.Rover ?? throw new HilFailure("the rover was not set up");

    /// <exception cref="HilFailure">The product came without it.</exception>
    public static string ConfigurationFile()
    {
        var boards = BoardShelf.Folder() ?? throw new HilFailure("there is no hardware/boards beside the program or above it");
        return Path.GetFullPath(Path.Combine(boards, "..", "..", "configs", "rover-simboard.yaml"));
    }

    /// <summary>Opens the body as 'edgemas run' does and begins to tick.</summary>
    /// <param name="holder">Another program that holds a line of the motors: the body must tell it, and come up once it has let go.</param>
    public void PowerOn(GpioLines? holder = null)
    {
        _body = new RoverMount(Configuration.Body!.Resolve(), _bench.Time);
        if (holder is not null)
        {
            _bench.Until(() => _body.Troubles.Any(trouble => trouble.Contains("used by", StringComparison.Ordinal)), "the holder of the line is told");
            HilBench.True(_body.IsStopHeld, "nothing moves meanwhile");
            holder.Dispose();
        }
        _bench.Until(() => !_body.IsStopHeld, "the closed stop button is seen");
        var options = new ControlOptions { StartPose = World.TruePose, CruiseSpeed = Configuration.Envelope.CruiseSpeed };
        _loop = new ControlLoop(_body, ConfiguredLimits.Of(Configuration), options, _bench.Time);
        _body.StopPressed += () => _loop.Desk.EmergencyStop.Engage(EStopReason.Line);
        _thread = new ControlThread(_loop, Period);
        _thread.Start();
    }

    /// <summary>Gives a goal, under a lease of its own.</summary>
    public void Begin(in MotionGoal goal)
    {
        HilBench.True(Loop.Desk.Leases.TryAcquire("hil", out _lease), "a lease for the base");
        HilBench.True(Loop.Desk.TrySubmit(_lease, goal, out var id), "the goal is taken");
        _bench.Until(() => Snapshot.GoalId == id, "the loop has the goal");
    }

    /// <summary>The goal's owner is alive.</summary>
    public void Feed() => Loop.Desk.Leases.Feed(_lease);

    /// <summary>Drives and waits for the end, whatever it is.</summary>
    /// <param name="meters">Backwards negative.</param>
    /// <remarks>A busy computer may put the bench aside for longer than the rover waits for it, which says nothing of the rover: the rest of the way is driven then.</remarks>
    public MotionSnapshot Drive(double meters, Action? meanwhile = null)
    {
        var end = DriveOnce(meters, meanwhile);
        for (var attempt = 1; attempt < Attempts && _bench.IsBusy && end.Cause == MotionCause.Watchdog; attempt++)
        {
            _bench.Note($"the bench itself was late for the watchdog after {end.Travelled:F2} m");
            meters -= end.Travelled;
            end = DriveOnce(meters, meanwhile);
        }
        return end;
    }

    private MotionSnapshot DriveOnce(double meters, Action? meanwhile)
    {
        Begin(MotionGoal.Drive(meters));
        var limit = TimeSpan.FromSeconds(15 + (3 * Math.Abs(meters) / Configuration.Envelope.CruiseSpeed));
        var started = _bench.Time.GetTimestamp();
        while (Snapshot.IsMoving)
        {
            Feed();
            meanwhile?.Invoke();
            HilBench.Pause(TimeSpan.FromMilliseconds(20));
            if (_bench.Time.GetElapsedTime(started) > limit)
                throw new HilFailure(FormattableString.Invariant($"a drive of {meters} m has not ended within {limit.TotalSeconds} s: {Snapshot.Travelled:F2} m by odometry, {World.State.Travelled:F2} m in truth; troubles: {string.Join("; ", Body.Troubles)}"));
        }
        return Snapshot;
    }

    public void Dispose()
    {
        _thread?.Dispose();
        _body?.Dispose();
        Wired.Dispose();
        _bench.Board.Chips.Unplug(ImuAddress);
        _bench.Board.Chips.Unplug(RangeFinderAddress);
    }

    private static BoardWheel Wire(WheelWiring wheel) =>
        new(wheel.In1, wheel.In2, wheel.PwmChannel, wheel.EncoderA, wheel.EncoderB, (int)wheel.CountsPerTurn, wheel.NoLoadRadiansPerSecond);
}
