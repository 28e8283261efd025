using System.Globalization;
using EdgeMas.Control.Process;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>The arm of <c>configs/arm-simboard.yaml</c> under a host in a process of its own, its control loop there or in edgemas-control, and what the servos do when one of the two dies.</summary>
internal sealed class ArmCoreSuite : HilSuite
{
    private const string Data = "/run/arm";
    private const int PausedStops = 5;
    private const int HeartbeatMs = 500;

    /// <summary>Milliseconds: a board that lets a thread look as often has not stood still.</summary>
    private const double LookPeriod = 12;

    /// <summary>Radians between two of a joint's pulses, far more than a motion has at full speed.</summary>
    private const double LongestStep = 0.15;

    /// <summary>Milliseconds: the servos' thread gives a setpoint at the next step, and once more after a failure.</summary>
    private const double ServoPeriodMs = 40;

    /// <summary>No pulse has changed for so long.</summary>
    private static readonly TimeSpan Standing = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan StopLatency = TimeSpan.FromMilliseconds(15);

    private readonly RobotConfiguration _configuration = ConfigurationReader.Read(BenchArm.ConfigurationFile());
    private HilBench? _bench;
    private BenchArm? _arm;
    private HostProgram? _host;

    public override string Name => "arm-core";

    public override string Description => "The arm of servos under a host that is killed and paused, its loop inside and in edgemas-control, which is killed, too; the stop button without a host";

    public override double UsualSeconds => 24;

    public override IReadOnlyList<HilCase> Cases =>
    [
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
            StartHost("inside", moves: false, hasButton: false);
            bench.Until(() => Host.Troubles.Count == 0, () => $"the next host has the arm; it says {string.Join("; ", Host.Troubles)}", bench.HostPatience);
            HilBench.True(held.SequenceEqual(Arm.Pulses()), "the pulses are the same under the next host");
            Host.Tell("move");
            UntilMoving();
            Host.End(bench.HostPatience);
            HilBench.True(Arm.AreOff, "the host's end ended the pulses");
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
            bench.Until(() => Host.Core == core && Host.Troubles.Count == 0, () => $"the next host has the core; it says {string.Join("; ", Host.Troubles)}", bench.HostPatience);
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
                        return Arm.AreOff;
                    }, "all pulses have ended");
                milliseconds.Add(bench.Time.GetElapsedTime(engaged, Arm.LastChange).TotalMilliseconds - (starved > LookPeriod ? starved : 0));
                Host.Continue();
                bench.Until(() => Host.Stop == "Line", "the stop is latched, and the host sees it");
                Arm.PressStop(false);
                HilBench.Pause(TimeSpan.FromMilliseconds(200));
                Arm.ExpectLetGo("after the button was let go");
                Host.Release(bench);
            }
            Note($"edge to all pulses off, {PausedStops} times, the host paused: least {milliseconds.Min():F2} ms, most {milliseconds.Max():F2} ms, beyond the time that the board stood still");
            bench.InTime(milliseconds, StopLatency, "edge to all pulses off, beyond the time that the board stood still");
            UntilMoving();
        }),
        new("edgemas-control killed with -9 is told and replaced, and the arm neither sinks nor jumps meanwhile", bench =>
        {
            Host.End(bench.HostPatience);
            StartHost("process", hasButton: false);
            UntilMoving();
            var (core, killed) = (Host.Core, bench.Time.GetTimestamp());
            ProcessSignals.Kill(core);
            Host.UntilReplaced(bench, core);
            UntilMoving();
            HilBench.True(Arm.Wiring.Joints.All(joint => Arm.Chip.Pulses.Of(joint.Channel).Where(pulse => pulse.Timestamp >= killed).All(pulse => pulse.Seconds > 0)), "a servo was let go between two cores");
            var longest = Enumerable.Range(0, Arm.JointCount).Max(joint => Arm.SightsOf(joint, killed) is var sights ? sights.Zip(sights.Skip(1)).Max(pair => Math.Abs(pair.Second.Angle - pair.First.Angle)) : 0);
            Note($"longest step of a joint while cores changed: {longest:F3} rad");
            HilBench.True(longest < LongestStep, $"a joint jumped by {longest:F3} rad");
        }),
        new("a host that ends takes its core with it, and the pulses have ended", bench =>
        {
            UntilMoving();
            var core = Host.Core;
            Host.End(bench.HostPatience);
            bench.Until(() => BoardProgram.IsGone(core), "the core is gone");
            HilBench.True(Arm.AreOff, "the host's end ended the pulses");
        }),
    ];

    public override IReadOnlyList<HilFault> Faults =>
    [
        HilFault.Chip("pca9685", _configuration.ArmBody!.Wiring.Address, BusFault.Deaf), HilFault.StuckLine(_configuration.ArmBody!.Wiring.StopLine!.Line, high: false),
        new("servo-wire-cut", _ => Arm.Chip.Faults.Cut = Arm.Wiring.Joints[2].Channel),
    ];

    private int RateHz => _configuration.Control.RateHz;

    private BenchArm Arm => _arm ?? throw new HilFailure("the arm was not set up");

    private HostProgram Host => _host ?? throw new HilFailure("no host was started");

    private HilBench Bench => _bench ?? throw new HilFailure("the bench was not set up");

    public override void SetUp(HilBench bench)
    {
        _bench = bench;
        _arm = new BenchArm(bench, _configuration);
    }

    public override void TearDown()
    {
        _host?.KillWithCore(Bench);
        _host = null;
        _arm?.Dispose();
        _arm = null;
    }

    private void Note(FormattableString figure) => Bench.Note(figure.ToString(CultureInfo.InvariantCulture));

    /// <param name="control">Where its loop runs: inside or process.</param>
    /// <param name="hasButton">Its line is one that the simulated board pulls up, and so presses, for a moment when it is asked for: not for who must take the servos over as they are.</param>
    private void StartHost(string control, bool moves = true, bool hasButton = true)
    {
        _host?.Dispose();
        var shipped = BenchArm.ConfigurationFile();
        var button = File.ReadLines(shipped).First(line => line.TrimStart().StartsWith("stop_button:", StringComparison.Ordinal));
        var file = HostProgram.CopyOf(shipped, "arm", $"{{ mode: {control}, rate_hz: {RateHz}, priority: 0, heartbeat_ms: {HeartbeatMs} }}", hasButton ? [] : [(button, "")]);
        _host = HostProgram.Start(Bench, file, Data);
        if (moves)
            _host.Tell("move");
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
                    Host.Release(Bench); // the board was too busy to drive the button's wire before it was first read
                var now = Arm.Pulses();
                return now.All(seconds => seconds > 0) && now.Zip(before).All(pair => Math.Abs(pair.First - pair.Second) > 40e-6);
            }, () => $"all servos move; the host tells {Host.State}, {Host.Cause}, stop {Host.Stop}, {string.Join("; ", Host.Troubles)}", Bench.HostPatience);
    }

    private static string CoreLog() =>
        string.Join("; ", Directory.EnumerateFiles(Data, "control.log", SearchOption.AllDirectories).SelectMany(static file => File.ReadLines(file)));

    /// <summary>After the host's last sign of life the core waits, ticks, and brings each joint to rest within its limits.</summary>
    private void ExpectRest(Action deed, string what)
    {
        var began = Bench.Time.GetTimestamp();
        deed();
        HilBench.Pause(TimeSpan.FromMilliseconds(HeartbeatMs));
        Bench.Until(() => Bench.Time.GetElapsedTime(Arm.LastChange) > Standing, $"all joints stand after the host was {what}");
        var ended = Bench.Time.GetElapsedTime(began, Arm.LastChange).TotalMilliseconds;
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
}
