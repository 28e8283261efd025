using System.Globalization;
using EdgeMas.Control.Arm;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Stopping;
using EdgeMas.Devices.Arm;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>The arm of <c>configs/arm-simboard.yaml</c>, moved by the control loop through the kernel, with its servo chip's registers at the other end.</summary>
internal sealed class ArmSuite : HilSuite
{
    private const int StopTrials = 6;
    private const int WrongAddress = 0x43;

    /// <summary>The first time that one thread waits for another makes the lock's event; each tick of thousands would be far more.</summary>
    private const long MostAllocatedBytes = 1024;

    private static readonly TimeSpan StopLatency = TimeSpan.FromMilliseconds(15);

    private readonly RobotConfiguration _configuration = ConfigurationReader.Read(BenchArm.ConfigurationFile());
    private HilBench? _bench;
    private BenchArm? _arm;
    private BusFault _broken;

    public override string Name => "arm";

    public override string Description => "An arm of servos on a PCA9685, its loop closed through the kernel: ramps, ranges, stops, a bus and a chip that fail";

    public override double UsualSeconds => 38;

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("a bus or a chip that is not where it was said to be is told, moves nothing and ends nothing", bench =>
        {
            foreach (var (change, node, words) in new (Func<ArmWiring, ArmWiring>?, string?, string)[] { (null, "/dev/i2c-7", "/dev/i2c-7"), (wiring => wiring with { Address = WrongAddress }, null, "i2c-0 address 0x43") })
            {
                Arm.PowerOn(change, node);
                bench.Until(() => Arm.Troubles.Any(trouble => trouble.Contains(words, StringComparison.Ordinal)), $"a trouble with {words} is told");
                bench.Until(() => Arm.Snapshot.Tick > 20, "the control loop ticks");
                var end = Arm.Finish(ArmGoal.Move(ArmCases.Aside));
                HilBench.Equal((MotionState.Faulted, MotionCause.Body), (end.State, end.Cause), "end of a motion");
                Arm.PowerOff();
            }
        }),
        new("a chip that is plugged later is found, and gives no pulse before the first motion", bench =>
        {
            bench.Board.Chips.Unplug(Arm.Wiring.Address);
            Arm.PowerOn();
            bench.Until(() => Arm.Troubles.Any(trouble => trouble.Contains("i2c-0 address 0x40", StringComparison.Ordinal) && trouble.Contains("no chip answers", StringComparison.Ordinal)), "the trouble is told");
            bench.Board.Chips.Plug(Arm.Wiring.Address, Arm.Chip);
            Break();
            Arm.UntilReady();
            HilBench.Pause(TimeSpan.FromMilliseconds(200));
            Arm.ExpectLetGo("before the first motion");
        }),
        new("a place is reached: the pulses of all joints follow their ramps, and the tool that they lead to is there", _ => Common.ReachPlaces()),
        new("no pulse leaves its joint's range", _ => Common.StayInRange()),
        new("an owner who falls silent leaves the arm at rest with its pulses on", _ => Common.HoldWhenTheOwnerIsSilent()),
        new("an emergency stop ends all pulses within 15 ms and allocates nothing, and only a new motion brings them back", _ => MeasureStops(
            () =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                Arm.Loop.Desk.EmergencyStop.Engage(EStopReason.Api);
                return GC.GetAllocatedBytesForCurrentThread() - before;
            }, EStopReason.Api)),
        new("the stop button's edge ends all pulses within 15 ms and latches", bench => MeasureStops(
            () =>
            {
                Arm.PressStop(true);
                return 0;
            }, EStopReason.Line)),
        new("ticks of the control loop allocate nothing", _ =>
        {
            HilBench.True(Arm.Snapshot.Tick > 100, "it ticked");
            Note($"{Arm.Thread.AllocatedBytes} bytes in {Arm.Snapshot.Tick} ticks");
            HilBench.True(Arm.Thread.AllocatedBytes < MostAllocatedBytes, $"{Arm.Thread.AllocatedBytes} bytes allocated by the control loop");
        }),
        new("a chip that does not acknowledge during a motion is told, the arm holds by the chip alone, and goes on afterwards from there", bench =>
        {
            Common.ExpectDone(Arm.Finish(ArmGoal.Move(ArmCases.Folded)));
            Common.MoveOn();
            bench.Board.Chips.Break(Arm.Wiring.Address, BusFault.Silent);
            Arm.Until(() => Arm.Troubles.Any(trouble => trouble.Contains("no chip answers", StringComparison.Ordinal)), "the trouble is told", feeds: true);
            Arm.Until(() => !Arm.Snapshot.IsMoving, "the motion is given up", feeds: true);
            HilBench.Equal((MotionState.Faulted, MotionCause.Body), (Arm.Snapshot.State, Arm.Snapshot.Cause), "end of the motion");
            var held = Arm.SeeAll();
            Mend();
            Arm.UntilReady();
            Common.ExpectStanding("after the bus was mended");
            HilBench.Equal(held, Arm.SeeAll(), "joints after the bus was mended");
            Common.ExpectDone(Arm.Finish(ArmGoal.Move(ArmCases.Folded)));
        }),
        new("while the bus hangs, an emergency stop turns the outputs off at the chip's OE", bench =>
        {
            Common.MoveOn();
            HilBench.True(Arm.IsEnabled, "OE lets the outputs out during a motion");
            bench.Board.Chips.Break(Arm.Wiring.Address, BusFault.Hang);
            HilBench.Pause(TimeSpan.FromMilliseconds(100));
            var engaged = bench.Time.GetTimestamp();
            Arm.Loop.Desk.EmergencyStop.Engage(EStopReason.Api);
            bench.Until(() => !Arm.IsEnabled, "OE is high");
            var milliseconds = bench.Time.GetElapsedTime(engaged).TotalMilliseconds;
            Note($"OE {milliseconds:F2} ms after the stop");
            bench.InTime([milliseconds], StopLatency, "stop to OE");
            bench.Until(() => Arm.Troubles.Any(trouble => trouble.Contains("the bus hangs", StringComparison.Ordinal)), "the trouble is told");
            Mend();
            bench.Until(() => Arm.AreOff, "the pulses end when the bus is free");
            Arm.UntilReady();
            Common.ReleaseAndGoOn();
        }),
        new("a chip whose supply fails for a moment is told, and gives no pulses until the next motion", bench =>
        {
            Common.MoveOn();
            Arm.Chip.PowerUp();
            Arm.Until(() => Arm.Troubles.Any(trouble => trouble.Contains("its supply failed", StringComparison.Ordinal)), "the trouble is told", feeds: true);
            Arm.UntilReady();
            HilBench.Equal((MotionState.Faulted, MotionCause.Body), (Arm.Snapshot.State, Arm.Snapshot.Cause), "end of the motion");
            Arm.ExpectLetGo("after the supply failed");
            Common.ExpectDone(Arm.Finish(ArmGoal.Move(ArmCases.Folded)));
        }),
        new("the end of the program ends the pulses", _ =>
        {
            Arm.PowerOff();
            HilBench.True(Arm.AreOff, "a servo still gets pulses");
        }),
        new("an arm that must not sink keeps its pulses at an emergency stop and stands", _ =>
        {
            Arm.PowerOn(wiring => wiring with { EmergencyStop = ArmStop.Hold, StopLine = null });
            Arm.UntilReady();
            Common.MoveOn();
            Arm.Loop.Desk.EmergencyStop.Engage(EStopReason.Api);
            Arm.Until(() => !Arm.Snapshot.IsMoving, "the motion is over");
            Common.ExpectStanding("after the emergency stop");
            Common.ReleaseAndGoOn();
        }),
        new("the next program takes over the pulses of the one before: the arm neither sinks nor jumps", _ =>
        {
            var (left, pulses) = (Arm.SeeAll(), Arm.Pulses());
            Arm.PowerOff(); // an arm that must not sink
            HilBench.True(Arm.Pulses().SequenceEqual(pulses) && pulses.All(pulse => pulse > 0), "the program before left its pulses");
            Arm.PowerOn(static wiring => wiring with { StopLine = null }); // which the simulated board presses for a moment when it is asked for
            Arm.UntilReady();
            Common.ExpectStanding("under the next program");
            HilBench.Equal(left, Arm.SeeAll(), "joints under the next program");
            for (var i = 0; i < Arm.JointCount; i++)
                HilBench.Near(left[i], Arm.Snapshot.Body.Angles[i], Arm.Resolution, $"radians of joint {i + 1}, as the next program knows it");
            Common.ExpectDone(Arm.Finish(ArmGoal.Move(ArmCases.Aside)));
            Arm.PowerOff();
        }),
    ];

    public override IReadOnlyList<HilFault> Faults =>
    [
        Later("pca9685-silent", BusFault.Silent), Later("pca9685-hang", BusFault.Hang), Later("pca9685-deaf", BusFault.Deaf), Later("pca9685-noise", BusFault.Noise), Later("pca9685-freeze", BusFault.Freeze),
        HilFault.StuckLine(Wiring.OutputEnableLine!.Value, high: true), HilFault.StuckLine(Wiring.OutputEnableLine!.Value, high: false), HilFault.StuckLine(Wiring.StopLine!.Line, high: false),
        new("servo-plugs-crossed", _ => Arm.Chip.Faults.Crossed = Wiring.Joints[0].Channel), new("servo-wire-cut", _ => Arm.Chip.Faults.Cut = Wiring.Joints[2].Channel),
        new("oscillator-8-percent-fast", _ => Arm.Chip.Faults.ClockShare = 1.08), new("all-off-ignored", _ => Arm.Chip.Faults.AllOffIgnored = true),
    ];

    private ArmWiring Wiring => _configuration.ArmBody!.Wiring;

    private BenchArm Arm => _arm ?? throw new HilFailure("the arm was not set up");

    private HilBench Bench => _bench ?? throw new HilFailure("the bench was not set up");

    private ArmCases Common => new(Arm, Bench.Note, Bench.IsBusy);

    public override void SetUp(HilBench bench)
    {
        _bench = bench;
        _arm = new BenchArm(bench, _configuration);
    }

    public override void TearDown()
    {
        _arm?.Dispose();
        _arm = null;
    }

    /// <summary>A fault that a chip keeps when it is plugged anew.</summary>
    private HilFault Later(string name, BusFault fault) => new(name, _ =>
    {
        _broken = fault;
        Break();
    });

    private void Break() => Bench.Board.Chips.Break(Wiring.Address, _broken);

    /// <summary>As it was before a case broke it.</summary>
    private void Mend() => Break();

    private void Note(FormattableString figure) => Bench.Note(figure.ToString(CultureInfo.InvariantCulture));

    /// <param name="stop">Gives the bytes that it allocated.</param>
    private void MeasureStops(Func<long> stop, EStopReason reason)
    {
        var (milliseconds, allocated) = (new List<double>(), 0L);
        for (var i = 0; i < StopTrials; i++)
        {
            Common.MoveOn();
            var engaged = Bench.Time.GetTimestamp();
            allocated = stop(); // the last one's: the first ones set up what all use
            Bench.Until(() => Arm.AreOff, "all pulses have ended");
            milliseconds.Add(Bench.Time.GetElapsedTime(engaged, Arm.LastChange).TotalMilliseconds);
            Bench.Until(() => Arm.Snapshot is { EStop: true, State: MotionState.EStopped }, "the stop is latched");
            HilBench.Equal(reason, Arm.Loop.Desk.EmergencyStop.Reason, "who stopped it");
            Arm.PressStop(false);
            Bench.Until(() => !Arm.Mount.IsStopHeld, "the button is let go");
            Arm.ExpectLetGo("after the stop");
            Arm.Loop.Desk.EmergencyStop.Release();
            Bench.Until(() => !Arm.Snapshot.EStop, "released");
        }
        milliseconds.Sort();
        Note($"stop to all pulses off, {StopTrials} times: p50 {milliseconds[StopTrials / 2]:F2} ms, most {milliseconds[^1]:F2} ms");
        HilBench.Equal(0L, allocated, "bytes that the stop allocated");
        Bench.InTime(milliseconds, StopLatency, "stop to all pulses off");
        Arm.Loop.Desk.EmergencyStop.Engage(reason);
        Bench.Until(() => Arm.Snapshot.EStop, "stopped");
        Common.ReleaseAndGoOn();
    }
}
