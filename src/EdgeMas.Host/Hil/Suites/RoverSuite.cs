using System.Globalization;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Stopping;
using EdgeMas.Devices.Chips.Mpu6050;
using EdgeMas.Devices.Gpio;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Board;
using EdgeMas.Simulation.Description;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>The rover of <c>configs/rover-simboard.yaml</c>, driven by the control loop through the kernel, with the physics of a simulated yard at the other end.</summary>
internal sealed class RoverSuite : HilSuite
{
    private const int StopTrials = 100;
    private const double Way = 10;

    /// <summary>The wheels' slip alone makes three centimetres.</summary>
    private const double OdometryWay = 3;
    private const double WayTolerance = 0.06;

    /// <summary>Three degrees of heading: on a busy computer the gyroscope is read late.</summary>
    private const double AsideTolerance = 0.6;

    /// <summary>The first time that one thread waits for another makes the lock's event; each tick of a drive's thousands would be far more.</summary>
    private const long MostAllocatedBytes = 1024;

    private static readonly TimeSpan StopLatency = TimeSpan.FromMilliseconds(15);

    private HilBench? _bench;
    private HilFault? _fault;
    private RobotConfiguration? _configuration;
    private BenchRover? _rover;

    public override string Name => "rover";

    public override string Description => "A whole rover on chips and pins, its loop closed through the kernel: odometry, obstacle, stop button, sensors that fail";

    public override double UsualSeconds => 34;

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("the configured body tells who holds a line of its motors, and comes up when it is free, every part in order", bench =>
        {
            Rover.PowerOn(GpioLines.Open(bench.Board.Gpio.Path, [Rover.Wiring.StandbyLine!.Value], GpioLineSettings.Input, consumer: "another program"));
            bench.Until(() => Rover.Body.Troubles.Count == 0, "no troubles");
            bench.Until(() => Rover.Snapshot.Tick > 20, "the control loop ticks");
        }),
        new("a thing ahead stops it, by the range finder", _ =>
        {
            var end = Rover.Drive(Way);
            var state = Rover.World.State;
            ExpectEnd(end, MotionState.Blocked, MotionCause.Obstacle);
            HilBench.Equal(0, state.Collisions, "collisions");
            var wanted = Rover.Configuration.Envelope.StopDistance;
            HilBench.Near(wanted, state.RangeAhead, 0.25, "metres left to the post");
            Note($"{state.RangeAhead:F2} m left before the post");
        }),
        new("a drive back ends where it was asked to, through a bridge that reverses", _ =>
        {
            var before = Rover.World.State.Pose.X;
            var end = Rover.Drive(-1);
            ExpectEnd(end, MotionState.Done, MotionCause.None);
            HilBench.Near(before - 1, Rover.World.State.Pose.X, 0.06, "metres");
        }),
        new("the stop button's edge brakes both motors within 15 ms and latches", MeasureStops),
        new("an inertial sensor pulled out is known, the drive goes on by the wheels, and plugged in again it heals", bench =>
        {
            bench.Board.Chips.Unplug(Mpu6050.DefaultAddress);
            bench.Until(() => Rover.Body.Troubles.Any(trouble => trouble.StartsWith("inertial sensor: i2c-0 address 0x68", StringComparison.Ordinal)), "the trouble is told");
            var end = Rover.Drive(-0.5);
            ExpectEnd(end, MotionState.Done, MotionCause.None);
            bench.Board.Chips.Plug(Mpu6050.DefaultAddress, Rover.Wired.Imu);
            bench.Until(() => Rover.Body.Troubles.Count == 0, "healed");
        }),
        new("a range finder that falls silent stops the drive ahead", bench =>
        {
            bench.Board.Chips.Break(BenchRover.RangeFinderAddress, BusFault.Silent);
            var end = Rover.Drive(0.5);
            ExpectEnd(end, MotionState.Blocked, MotionCause.RangeFinder);
            bench.Board.Chips.Break(BenchRover.RangeFinderAddress, BusFault.None);
            bench.Until(() => Rover.Body.Troubles.Count == 0, "healed");
        }),
        new("an encoder that counts no more is known and ends the drive; the process goes on", _ =>
        {
            Rover.Wired.Faults.LeftEncoderStuck = true;
            var end = Rover.Drive(-1);
            Rover.Wired.Faults.LeftEncoderStuck = false;
            ExpectEnd(end, MotionState.Blocked, MotionCause.Wheel);
            HilBench.True(Rover.Body.Troubles.Any(trouble => trouble.StartsWith("left encoder", StringComparison.Ordinal)), "the trouble is told");
            end = Rover.Drive(-0.4);
            ExpectEnd(end, MotionState.Done, MotionCause.None);
            HilBench.Equal(0, Rover.Body.Troubles.Count, "troubles after it was mended");
        }),
        new("three metres by odometry are three metres in the world", bench =>
        {
            Replace(FreeYard());
            Rover.PowerOn();
            bench.Until(() => Rover.Body.Troubles.Count == 0, "no troubles");
            var start = Rover.World.TruePose;
            var end = Rover.Drive(OdometryWay);
            bench.Until(() => Rover.World.State.Speed == 0, "standing");
            var truth = Rover.World.TruePose;
            ExpectEnd(end, MotionState.Done, MotionCause.None);
            var along = truth.X - start.X;
            Note($"{along:F3} m along, {truth.Y - start.Y:F3} m aside, {Rover.Loop.Desk.Figures.AllocatedBytes} bytes allocated by the loop");
            HilBench.Near(OdometryWay, along, WayTolerance, "metres along");
            HilBench.Near(0, truth.Y - start.Y, AsideTolerance, "metres aside");
            HilBench.Equal(0L, Rover.Body.EncoderErrors, "edges lost");
            HilBench.True(Rover.Loop.Desk.Figures.AllocatedBytes < MostAllocatedBytes, $"{Rover.Loop.Desk.Figures.AllocatedBytes} bytes allocated by the control loop: something allocates in its ticks");
        }),
    ];

    public override IReadOnlyList<HilFault> Faults
    {
        get
        {
            var wiring = Configuration.Body!.Wiring;
            return
            [
                HilFault.StuckLine(wiring.Left.In1, high: false), HilFault.StuckLine(wiring.Right.In2, high: true), HilFault.StuckLine(wiring.StandbyLine!.Value, high: false),
                HilFault.StuckLine(wiring.Right.EncoderA, high: true), HilFault.StuckLine(wiring.StopLine!.Line, high: false), HilFault.PwmCut,
                HilFault.Chip("mpu6050", BenchRover.ImuAddress, BusFault.Silent), HilFault.Chip("mpu6050", BenchRover.ImuAddress, BusFault.Freeze),
                HilFault.Chip("vl53l0x", BenchRover.RangeFinderAddress, BusFault.Silent), HilFault.Chip("vl53l0x", BenchRover.RangeFinderAddress, BusFault.Freeze),
                new("bridge-dead", _ => Rover.Wired.Faults.BridgeDead = true), new("motors-crossed", _ => Rover.Wired.Faults.MotorsCrossed = true),
                new("encoder-backwards", _ => Rover.Wired.Faults.LeftEncoderBackwards = true), new("gyroscope-upside-down", _ => Rover.Wired.Faults.GyroscopeUpsideDown = true),
            ];
        }
    }

    private BenchRover Rover => _rover ?? throw new HilFailure("the rover was not set up");

    private HilBench Bench => _bench ?? throw new HilFailure("the bench was not set up");

    private RobotConfiguration Configuration => _configuration ??= ConfigurationReader.Read(BenchRover.ConfigurationFile());

    public override void SetUp(HilBench bench)
    {
        _bench = bench;
        var free = FreeYard();
        _rover = new BenchRover(bench, Configuration, free with { Obstacles = [new ObstacleDescription("post", new PointM(free.Start.At.X + 3, free.Start.At.Y), 0.15, 1)] });
    }

    public override void Break(HilBench bench, HilFault? fault)
    {
        _fault = fault;
        base.Break(bench, fault);
    }

    public override void TearDown()
    {
        _rover?.Dispose();
        _rover = null;
    }

    /// <summary>Another world, with the same fault in it.</summary>
    private void Replace(WorldDescription world)
    {
        _rover?.Dispose();
        _rover = new BenchRover(Bench, Configuration, world);
        base.Break(Bench, _fault);
    }

    private WorldDescription FreeYard() => Configuration.World;

    private void Note(FormattableString figure) => Bench.Note(figure.ToString(CultureInfo.InvariantCulture));

    private void ExpectEnd(in MotionSnapshot end, MotionState state, MotionCause cause)
    {
        if (end.State != state || end.Cause != cause)
            throw new HilFailure(string.Create(CultureInfo.InvariantCulture, $"the drive ended {end.State}, {end.Cause} after {end.Travelled:F2} m, not {state}, {cause}; troubles: {string.Join("; ", Rover.Body.Troubles)}"));
    }

    private void MeasureStops(HilBench bench)
    {
        var milliseconds = new double[StopTrials];
        for (var i = 0; i < StopTrials; i++)
        {
            Rover.Begin(MotionGoal.Drive(i % 2 == 0 ? -1 : 1));
            bench.Until(() => IsDriven(bench, Rover.Wiring.Left.PwmChannel) && IsDriven(bench, Rover.Wiring.Right.PwmChannel), "both motors are driven");
            var pressed = bench.Time.GetTimestamp();
            Rover.Wired.PressStop(true);
            bench.Until(() => IsShorted(bench, Rover.Wiring.Left) && IsShorted(bench, Rover.Wiring.Right), "both motors are braked");
            milliseconds[i] = Math.Max(Since(bench, pressed, Rover.Wiring.Left.PwmChannel), Since(bench, pressed, Rover.Wiring.Right.PwmChannel));
            bench.Until(() => Rover.Snapshot is { EStop: true, State: MotionState.EStopped }, "the stop is latched");
            Rover.Wired.PressStop(false);
            bench.Until(() => !Rover.Body.IsStopHeld, "the button is let go");
            HilBench.Equal(EStopReason.Line, Rover.Loop.Desk.EmergencyStop.Reason, "the stop stays when the button is let go; its reason");
            Rover.Loop.Desk.EmergencyStop.Release();
            bench.Until(() => !Rover.Snapshot.EStop, "released");
        }
        Array.Sort(milliseconds);
        Note($"edge to both motors shorted, {StopTrials} times: p50 {milliseconds[StopTrials / 2]:F2} ms, p99 {milliseconds[(StopTrials * 99 / 100) - 1]:F2} ms, most {milliseconds[^1]:F2} ms");
        bench.InTime(milliseconds, StopLatency, "edge to both motors shorted");
    }

    private static bool IsDriven(HilBench bench, int channel) => bench.Board.Chips.Pwm.Last(channel).Duty is > 0 and < 1;

    private static bool IsShorted(HilBench bench, Devices.Rover.WheelWiring wheel) => bench.Board.Chips.Pwm.Last(wheel.PwmChannel).Duty == 1 && bench.Level(wheel.In1) && bench.Level(wheel.In2);

    private static double Since(HilBench bench, long from, int channel) => bench.Time.GetElapsedTime(from, bench.Board.Chips.Pwm.Last(channel).Timestamp).TotalMilliseconds;
}
