using System.Globalization;
using EdgeMas.Control.Arm;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Process;
using EdgeMas.Control.Stopping;
using EdgeMas.Devices.Arm;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>The arm of <c>configs/arm-simboard.yaml</c>, moved by the control loop through the kernel, with its servo chip's registers at the other end.</summary>
internal sealed class ArmSuite : HilSuite
{
    /// <summary>No pulse has changed for so long.</summary>
    private static readonly TimeSpan Standing = TimeSpan.FromSeconds(1);

    private const int StopTrials = 6;
    private const int WrongAddress = 0x43;

    /// <summary>The first time that one thread waits for another makes the lock's event; each tick of thousands would be far more.</summary>
    private const long MostAllocatedBytes = 1024;

    private const int PausedStops = 5;
    private const int HeartbeatMs = 500;

    /// <summary>Milliseconds: a board that lets a thread look as often has not stood still.</summary>
    private const double LookPeriod = 12;

    /// <summary>Radians between two of a joint's pulses, far more than a motion has at full speed.</summary>
    private const double LongestStep = 0.15;

    /// <summary>Milliseconds: the servos' thread gives a setpoint at the next step, and once more after a failure.</summary>
    private const double ServoPeriodMs = 40;

    private static readonly TimeSpan StopLatency = TimeSpan.FromMilliseconds(15);

    /// <summary>A program takes seconds to start on the board.</summary>
    private static readonly TimeSpan HostLimit = TimeSpan.FromSeconds(60);

    private readonly RobotConfiguration _configuration = ConfigurationReader.Read(BenchArm.ConfigurationFile());
    private HilBench? _bench;
    private BenchArm? _arm;
    private HostProgram? _host;
    private BusFault _broken;

    public override string Name => "arm";

    public override string Description => "An arm of servos on a PCA9685, its loop closed through the kernel: ramps, ranges, stops, a bus and a chip that fail; its loop in edgemas-control, host and core killed";

    public override double UsualSeconds => 61;

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
            ExpectLetGo("before the first motion");
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
            bench.Until(() => AreOff, "the pulses end when the bus is free");
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
            ExpectLetGo("after the supply failed");
            Common.ExpectDone(Arm.Finish(ArmGoal.Move(ArmCases.Folded)));
        }),
        new("the end of the program ends the pulses", _ =>
        {
            Arm.PowerOff();
            HilBench.True(AreOff, "a servo still gets pulses");
        }),
        new("an arm that must not sink keeps its pulses at an emergency stop and stands", _ =>
        {
            Arm.PowerOn(wiring => wiring with { EmergencyStop = ArmStop.Hold });
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
            Arm.PowerOn();
            Arm.UntilReady();
            Common.ExpectStanding("under the next program");
            HilBench.Equal(left, Arm.SeeAll(), "joints under the next program");
            for (var i = 0; i < Arm.JointCount; i++)
                HilBench.Near(left[i], Arm.Snapshot.Body.Angles[i], Arm.Resolution, $"radians of joint {i + 1}, as the next program knows it");
            Common.ExpectDone(Arm.Finish(ArmGoal.Move(ArmCases.Aside)));
            Arm.PowerOff();
        }),
        new("a host that is paused, or killed with -9, in the midst of a motion leaves the arm holding where it is, and the next one takes it over", bench =>
        {
            StartHost("inside");
            UntilMoving();
            Host.Pause();
            ExpectHeld("while its host is paused");
            Host.Continue();
            UntilMoving();
            Host.Kill();
            var held = ExpectHeld("after its host was killed");
            StartHost("inside", moves: false);
            bench.Until(() => { Arm.PressStop(false); return Host.Troubles.Count == 0; }, "the next host has the arm");
            HilBench.True(held.SequenceEqual(Arm.Pulses()), "the pulses are the same under the next host");
            Host.Tell("move");
            UntilMoving();
            Host.End(HostLimit);
            HilBench.True(AreOff, "the host's end ended the pulses");
        }),
        new("with its loop in edgemas-control, a host killed with -9 in the midst of a motion leaves the arm at rest in time, on its ramps, and the next one takes it over", bench =>
        {
            StartHost("process");
            UntilMoving();
            var core = Host.Core;
            ExpectRest(Host.Kill, "killed");
            HilBench.True(!BoardProgram.IsGone(core), $"the core {core} lives on; {CoreLog()}");
            var held = Arm.Pulses();
            StartHost("process", moves: false);
            bench.Until(() => Host.Core == core && Host.Troubles.Count == 0, () => $"the next host has the core; it says {string.Join("; ", Host.Troubles)}", HostLimit);
            HilBench.True(held.SequenceEqual(Arm.Pulses()), "the pulses are the same under the next host");
            ExpectSilence("killed");
            Host.Tell("move");
            UntilMoving();
        }),
        new("a host that is paused finds the arm at rest, and moves on when it goes on", bench =>
        {
            var core = Host.Core;
            ExpectRest(Host.Pause, "paused");
            Host.Continue();
            UntilMoving();
            HilBench.Equal(core, Host.Core, "process of the core");
            ExpectSilence("paused");
        }),
        new("the stop button's edge ends all pulses in the core while the host is paused", bench =>
        {
            var milliseconds = new List<double>();
            for (var i = 0; i < PausedStops; i++)
            {
                UntilMoving();
                Host.Pause();
                var engaged = bench.Time.GetTimestamp();
                var (looked, starved) = (engaged, 0.0);
                Arm.PressStop(true);
                bench.Until(
                    () =>
                    {
                        starved = Math.Max(starved, bench.Time.GetElapsedTime(looked).TotalMilliseconds);
                        looked = bench.Time.GetTimestamp();
                        return AreOff;
                    }, "all pulses have ended");
                milliseconds.Add(Wiring.Joints.Max(joint => bench.Time.GetElapsedTime(engaged, Arm.Chip.Pulses.Last(joint.Channel).Timestamp).TotalMilliseconds) - (starved > LookPeriod ? starved : 0));
                Host.Continue();
                bench.Until(() => Host.Stop == "Line", "the stop is latched, and the host sees it");
                Arm.PressStop(false);
                HilBench.Pause(TimeSpan.FromMilliseconds(200));
                ExpectLetGo("after the button was let go");
                Release();
            }
            Note($"edge to all pulses off, {PausedStops} times, the host paused: least {milliseconds.Min():F2} ms, most {milliseconds.Max():F2} ms, beyond the time that the board stood still");
            bench.InTime(milliseconds, StopLatency, "edge to all pulses off, beyond the time that the board stood still");
            UntilMoving();
        }),
        new("edgemas-control killed with -9 is told and replaced, and the arm neither sinks nor jumps meanwhile", bench =>
        {
            Host.End(HostLimit);
            StartHost("process", hasButton: false); // whose line the simulated board pulls up, and so presses, for a moment when the next core asks for it
            UntilMoving();
            var (core, killed) = (Host.Core, bench.Time.GetTimestamp());
            ProcessSignals.Kill(core);
            bench.Until(() => Host.Core != core && Host.Said.Any(line => line.Contains("was started anew", StringComparison.Ordinal)), () => $"the core is replaced; the host says {string.Join("; ", Host.Said)}", HostLimit);
            UntilMoving();
            HilBench.True(Wiring.Joints.All(joint => Arm.Chip.Pulses.Of(joint.Channel).Where(pulse => pulse.Timestamp >= killed).All(pulse => pulse.Seconds > 0)), "a servo was let go between two cores");
            var longest = Enumerable.Range(0, Arm.JointCount).Max(joint => Arm.SightsOf(joint, killed) is var sights ? sights.Zip(sights.Skip(1)).Max(pair => Math.Abs(pair.Second.Angle - pair.First.Angle)) : 0);
            Note($"longest step of a joint while cores changed: {longest:F3} rad");
            HilBench.True(longest < LongestStep, $"a joint jumped by {longest:F3} rad");
        }),
        new("a host that ends takes its core with it, and the pulses have ended", bench =>
        {
            UntilMoving();
            var core = Host.Core;
            Host.End(HostLimit);
            bench.Until(() => BoardProgram.IsGone(core), "the core is gone");
            HilBench.True(AreOff, "the host's end ended the pulses");
        }),
    ];

    public override IReadOnlyList<HilFault> Faults =>
    [
        Later("pca9685-silent", BusFault.Silent), Later("pca9685-hang", BusFault.Hang), Later("pca9685-deaf", BusFault.Deaf), Later("pca9685-noise", BusFault.Noise), Later("pca9685-freeze", BusFault.Freeze),
        HilFault.StuckLine(Wiring.OutputEnableLine!.Value, high: true), HilFault.StuckLine(Wiring.OutputEnableLine!.Value, high: false), HilFault.StuckLine(Wiring.StopLine!.Line, high: false),
        new("servo-plugs-crossed", _ => Arm.Chip.Faults.Crossed = Wiring.Joints[0].Channel), new("servo-wire-cut", _ => Arm.Chip.Faults.Cut = Wiring.Joints[2].Channel),
        new("oscillator-8-percent-fast", _ => Arm.Chip.Faults.ClockShare = 1.08), new("all-off-ignored", _ => Arm.Chip.Faults.AllOffIgnored = true),
    ];

    private bool AreOff => Arm.Pulses().All(seconds => seconds == 0);

    private ArmWiring Wiring => _configuration.ArmBody!.Wiring;

    private BenchArm Arm => _arm ?? throw new HilFailure("the arm was not set up");

    private HostProgram Host => _host ?? throw new HilFailure("no host was started");

    private HilBench Bench => _bench ?? throw new HilFailure("the bench was not set up");

    private ArmCases Common => new(Arm, Bench.Note, Bench.IsBusy);

    public override void SetUp(HilBench bench)
    {
        _bench = bench;
        _arm = new BenchArm(bench, _configuration);
    }

    public override void TearDown()
    {
        var core = _host?.Core ?? 0;
        _host?.Dispose();
        ProcessSignals.Kill(core);
        _bench?.Until(() => BoardProgram.IsGone(core), "the core is gone"); // it may be talking to the chip
        _host = null;
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

    private void ExpectLetGo(string when)
    {
        HilBench.True(AreOff, $"a servo gets pulses {when}");
        HilBench.True(!Arm.IsEnabled, $"OE lets outputs out {when}");
    }

    /// <param name="control">Where its loop runs: inside or process.</param>
    private void StartHost(string control, bool moves = true, bool hasButton = true)
    {
        _host?.Dispose();
        var text = File.ReadAllText(BenchArm.ConfigurationFile());
        var line = text.Split('\n').First(line => line.StartsWith("control:", StringComparison.Ordinal));
        var button = text.Split('\n').First(line => line.TrimStart().StartsWith("stop_button:", StringComparison.Ordinal));
        var file = Path.Combine(Path.GetTempPath(), $"arm-{Environment.ProcessId}-{control}.yaml");
        File.WriteAllText(file, (hasButton ? text : text.Replace(button, "", StringComparison.Ordinal)).Replace(line, $"control: {{ mode: {control}, rate_hz: {RateHz}, priority: 0, heartbeat_ms: {HeartbeatMs} }}", StringComparison.Ordinal));
        _host = new HostProgram(file, "/run/arm");
        if (control == "process")
            Bench.Until(() => { Host.Check(); return Host.Core != 0; }, () => $"the host has a core; {string.Join("; ", Host.Said)}", HostLimit);
        if (moves)
            _host.Tell("move");
    }

    /// <summary>Once, and waits for it: a second one would still lie with a host that is paused, and release the next stop.</summary>
    private void Release()
    {
        Host.Tell("release");
        Bench.Until(() => Host.Stop != "Line", () => $"the stop is released; the host tells {string.Join("; ", Host.Troubles)}", HostLimit);
    }

    private void UntilMoving()
    {
        var before = Arm.Pulses();
        Bench.Until(
            () =>
            {
                Host.Check();
                Arm.PressStop(false);
                if (Host.Stop == "Line")
                    Release(); // the board was too busy to drive the button's wire before it was first read
                var now = Arm.Pulses();
                return now.All(seconds => seconds > 0) && now.Zip(before).All(pair => Math.Abs(pair.First - pair.Second) > 40e-6);
            }, () => $"all servos move; the host tells {Host.State}, {Host.Cause}, stop {Host.Stop}, {string.Join("; ", Host.Troubles)}", HostLimit);
    }

    private static string CoreLog() =>
        string.Join("; ", Directory.EnumerateFiles("/run/arm", "control.log", SearchOption.AllDirectories).SelectMany(static file => File.ReadLines(file)));

    private int RateHz => _configuration.Control.RateHz;

    /// <summary>After the host's last sign of life the core waits, ticks, and brings each joint to rest within its limits.</summary>
    private void ExpectRest(Action deed, string what)
    {
        var began = Bench.Time.GetTimestamp();
        deed();
        HilBench.Pause(TimeSpan.FromMilliseconds(HeartbeatMs));
        Bench.Until(() => Wiring.Joints.All(joint => Bench.Time.GetElapsedTime(Arm.Chip.Pulses.Last(joint.Channel).Timestamp) > Standing), $"all joints stand after the host was {what}");
        var ended = Wiring.Joints.Max(joint => Bench.Time.GetElapsedTime(began, Arm.Chip.Pulses.Last(joint.Channel).Timestamp).TotalMilliseconds);
        HilBench.True(Arm.Pulses().All(seconds => seconds > 0), $"a servo is let go after its host was {what}");
        var stopping = _configuration.Arm!.Limits.Joints.Max(joint => (joint.Motion.Speed / joint.Motion.Acceleration) + (joint.Motion.Acceleration / joint.Motion.Jerk)) * 1000;
        var limit = HeartbeatMs + (2 * 1000.0 / RateHz) + stopping + ServoPeriodMs;
        Note($"host {what} to the last pulse that changed: {ended:F0} ms; allowed are {limit:F0}, of which {stopping:F0} for coming to rest within the joints' limits");
        Bench.InTime([ended], TimeSpan.FromMilliseconds(limit), $"host {what} to all joints at rest");
    }

    /// <summary>By the core's own clock.</summary>
    private void ExpectSilence(string what)
    {
        var (silence, lateness) = Host.Figures;
        var limit = HeartbeatMs + (2 * 1000.0 / RateHz);
        Note($"host {what}: the core began to stop after {silence:F1} ms of silence; allowed are {limit:F0}, and its worst lateness, {lateness:F1}");
        HilBench.True(silence > HeartbeatMs && silence <= limit + lateness, $"the core began to stop after {silence:F1} ms of silence");
    }

    /// <returns>The pulses that the servos keep.</returns>
    private double[] ExpectHeld(string when)
    {
        HilBench.Pause(TimeSpan.FromMilliseconds(100)); // a transfer that was on its way
        var held = Arm.Pulses();
        HilBench.True(held.All(seconds => seconds > 0), $"a servo is let go {when}");
        HilBench.Pause(TimeSpan.FromMilliseconds(1500));
        HilBench.True(held.SequenceEqual(Arm.Pulses()), $"a servo moves {when}");
        return held;
    }

    /// <param name="stop">Gives the bytes that it allocated.</param>
    private void MeasureStops(Func<long> stop, EStopReason reason)
    {
        var (milliseconds, allocated) = (new List<double>(), 0L);
        for (var i = 0; i < StopTrials; i++)
        {
            Common.MoveOn();
            var engaged = Bench.Time.GetTimestamp();
            allocated = stop(); // the last one's: the first ones set up what all use
            Bench.Until(() => AreOff, "all pulses have ended");
            milliseconds.Add(Wiring.Joints.Max(joint => Bench.Time.GetElapsedTime(engaged, Arm.Chip.Pulses.Last(joint.Channel).Timestamp).TotalMilliseconds));
            Bench.Until(() => Arm.Snapshot is { EStop: true, State: MotionState.EStopped }, "the stop is latched");
            HilBench.Equal(reason, Arm.Loop.Desk.EmergencyStop.Reason, "who stopped it");
            Arm.PressStop(false);
            Bench.Until(() => !Arm.Mount.IsStopHeld, "the button is let go");
            ExpectLetGo("after the stop");
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
