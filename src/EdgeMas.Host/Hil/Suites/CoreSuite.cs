using System.Globalization;
using EdgeMas.Control.Process;
using EdgeMas.Devices.Chips.Mpu6050;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Rover;
using EdgeMas.Devices.Watchdog;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Board;
using EdgeMas.Simulation.Description;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>The rover's chips in edgemas-control, a host beside it, and what becomes of the motors when one of the two dies.</summary>
internal sealed class CoreSuite : HilSuite
{
    private const int Kills = 2;
    private const int Pauses = 10;
    private const int Presses = 30;
    private const double Post = 2.5;

    /// <summary>The board ends when no core has fed it for so long: longer than a core is missing, 5 s on a busy computer, and shorter than the suite.</summary>
    private const int WatchdogSeconds = 15;

    private const double StopTolerance = 0.25;
    private const int Attempts = 4;

    /// <summary>Milliseconds: a board that lets a thread look as often has not stood still.</summary>
    private const double LookPeriod = 12;

    private static readonly TimeSpan StopLatency = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(100);

    private BenchRover? _rover;
    private HostProgram? _host;
    private string? _file;
    private HilBench? _bench;

    public override string Name => "core";

    public override string Description => "The rover's chips in edgemas-control: the host killed and paused, the core killed and paused, stop button and range finder without a host, sensors missing";

    public override double UsualSeconds => 40;

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("an inertial sensor that is missing at the start is told, and stops neither process; plugged in it heals", bench =>
        {
            bench.Board.Chips.Unplug(Mpu6050.DefaultAddress);
            StartHost();
            bench.Until(() => IsTold("inertial sensor: i2c-0 address 0x68"), "the trouble is told");
            Drive(-1);
            bench.Board.Chips.Plug(Mpu6050.DefaultAddress, Rover.Wired.Imu);
            bench.Until(() => Host.Troubles.Count == 0, "healed");
        }),
        new("the chips are in edgemas-control, none in the host", bench =>
        {
            HilBench.True(HoldsLines(Host.Core), "edgemas-control holds GPIO lines");
            HilBench.True(!HoldsLines(Host.ProcessId), "the host holds none");
            var status = File.ReadLines($"/proc/{Host.Core}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            var kilobytes = int.Parse(status.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
            Note($"{(CoreProcess.FindNative() is null ? "edgemas-control is NOT built as a native program (scripts/build-control.sh): it runs on .NET's runtime" : "native program")}, {kilobytes / 1e3:F1} MB resident; {CoreLog()}");
        }),
        new("a host killed with -9 leaves both motors braked in time, and the next one takes over", bench =>
        {
            var braked = new (double, double)[Kills];
            for (var i = 0; i < Kills; i++)
            {
                if (i > 0)
                    StartHost();
                var core = DriveOn();
                braked[i] = UntilBraked(Host.Kill);
                HilBench.True(!BoardProgram.IsGone(core), "the core lives on");
            }
            StartHost();
            DriveOn();
            ExpectInTime(bench, braked, "killed");
        }),
        new("a host that is paused finds the rover braked, and drives on when it goes on", bench =>
        {
            Ready();
            var core = Host.Core;
            var braked = new (double, double)[Pauses];
            for (var i = 0; i < Pauses; i++)
            {
                DriveOn();
                braked[i] = UntilBraked(Host.Pause);
                Host.Continue();
            }
            DriveOn();
            HilBench.Equal(core, Host.Core, "process of the core");
            ExpectInTime(bench, braked, "paused");
        }),
        new("a wall clock that jumps by a day, ahead and back, stops nothing", bench =>
        {
            Ready();
            var core = DriveOn();
            var states = Host.States.Count;
            foreach (var days in (int[])[1, -2, 1])
            {
                bench.JumpClock(TimeSpan.FromDays(days));
                HilBench.Pause(TimeSpan.FromSeconds(0.5)); // longer than the heartbeat's patience
            }
            HilBench.Equal("", string.Join(", ", Host.States.Skip(states).Select(static state => state.GetProperty("cause").GetString()).Where(static cause => cause != "None").Distinct()), "what stopped a drive");
            HilBench.Equal(core, DriveOn(), "process of the core");
        }),
        new("the stop button's edge brakes in the core while the host is paused", MeasureStops),
        new("a thing ahead stops the rover in the core while the host is paused", bench =>
        {
            Restart("heartbeat_ms: 5000", "watchdog_ms: 5000");
            Replace(Post);
            Settle();
            var wanted = Rover.Configuration.Envelope.StopDistance + StopTolerance;
            for (var attempt = 1; attempt == 1 || (attempt <= Attempts && Rover.World.State.RangeAhead > wanted); attempt++) // a busy board's range finder may be late, which stops the rover too early
            {
                var near = Math.Min(1.2, Rover.World.State.RangeAhead - 0.05);
                Drive(10);
                bench.Until(() => Rover.World.State.RangeAhead < near, "nearer to the post");
                Host.Pause();
                bench.Until(() => Rover.World.State.Speed == 0, "standing");
                Host.Continue();
            }
            HilBench.Near(Rover.Configuration.Envelope.StopDistance, Rover.World.State.RangeAhead, StopTolerance, "metres left to the post");
            HilBench.Equal(0, Rover.World.State.Collisions, "collisions");
            // It says Obstacle, but where the board was too busy: RangeFinder when that was late just there, Host, Watchdog or Lease when the way there outlasted their patience.
            bench.Until(() => Host.State is not "Running", () => $"the host learns that the drive is over; it says {Host.State}, {Host.Cause}, {Rover.World.State.RangeAhead:F2} m before the post: {string.Join("; ", Host.Troubles)}", bench.Patience);
            Note($"{Rover.World.State.RangeAhead:F2} m left before the post; the host says {Host.Cause}");
        }),
        new("a core killed with -9 is told at once, claimed by nobody to move, and replaced by one that brakes first and feeds the kernel's watchdog on", bench =>
        {
            Restart();
            KillCore(bench, ProcessSignals.Kill, "died");
        }),
        new("a core that is paused is killed and replaced, too", bench => KillCore(bench, ProcessSignals.Pause, "did not tick any more and was killed")),
        new("a range finder unplugged while it drives ahead stops it and is told; plugged in it heals", bench =>
        {
            Ready();
            DriveOn();
            Drive(3);
            bench.Board.Chips.Unplug(BenchRover.RangeFinderAddress);
            bench.Until(IsBraked, "both motors are braked");
            bench.Until(() => Host.Cause == "RangeFinder" && IsTold("range finder: i2c-0 address 0x29"), "the trouble is told");
            bench.Board.Chips.Plug(BenchRover.RangeFinderAddress, Rover.Wired.RangeFinder);
            bench.Until(() => !IsTold("range finder"), "healed");
        }),
        new("a host that ends takes its core with it, the motors have no power, and the kernel's watchdog is stopped", bench =>
        {
            Ready();
            var core = Host.Core;
            Host.End(EndLimit);
            bench.Until(() => BoardProgram.IsGone(core), "the core is gone");
            HilBench.Equal(0.0, bench.Board.Chips.Pwm.Last(Rover.Wiring.Left.PwmChannel).Duty, "left duty");
            HilBench.Equal(0.0, bench.Board.Chips.Pwm.Last(Rover.Wiring.Right.PwmChannel).Duty, "right duty");
            using var watchdog = KernelWatchdog.Open(TimeSpan.FromSeconds(WatchdogSeconds)); // nobody holds it
        }),
    ];

    public override IReadOnlyList<HilFault> Faults
    {
        get
        {
            var wiring = ConfigurationReader.Read(BenchRover.ConfigurationFile()).Body!.Wiring;
            return [HilFault.PwmCut, HilFault.StuckLine(wiring.Left.In1, high: false), HilFault.StuckLine(wiring.StopLine!.Line, high: false), HilFault.Chip("mpu6050", BenchRover.ImuAddress, BusFault.Silent), HilFault.Chip("vl53l0x", BenchRover.RangeFinderAddress, BusFault.Freeze)];
        }
    }

    private BenchRover Rover => _rover ?? throw new HilFailure("the rover was not set up");

    private HostProgram Host => _host ?? throw new HilFailure("no host was started");

    private HilBench Bench => _bench ?? throw new HilFailure("the bench was not set up");

    public override void SetUp(HilBench bench)
    {
        _bench = bench;
        _file = WriteConfiguration();
        Replace(obstacle: null);
    }

    public override void TearDown()
    {
        _host?.KillWithCore(Bench);
        KernelWatchdog.Open(TimeSpan.FromSeconds(WatchdogSeconds)).Dispose(); // one that was killed has left it running
        _host = null;
        _rover?.Dispose();
        _rover = null;
    }

    /// <summary>The robot's file, with its control loop in edgemas-control, and as far from a time limit as a case asks.</summary>
    private static string WriteConfiguration(string heartbeat = "heartbeat_ms: 200", string watchdog = "watchdog_ms: 1000") => HostProgram.CopyOf(
        BenchRover.ConfigurationFile(), "core", $"{{ mode: process, rate_hz: 50, priority: 0, {heartbeat}, kernel_watchdog_s: {WatchdogSeconds} }}", ("envelope:\n", $"envelope:\n  {watchdog}\n"));

    /// <summary>Another core, with a host of its own.</summary>
    private void Restart(params string[] limits)
    {
        Ready();
        Host.End(EndLimit);
        _file = limits is [var heartbeat, var watchdog] ? WriteConfiguration(heartbeat, watchdog) : WriteConfiguration();
        StartHost();
    }

    private void StartHost()
    {
        _host?.Dispose();
        _host = HostProgram.Start(Bench, _file!, Path.Combine(Path.GetTempPath(), "core-suite"));
    }

    /// <summary>A host drives, whatever became of the one in the case before.</summary>
    private void Ready()
    {
        if (_host is null || !_host.IsAlive)
            StartHost();
        Settle();
    }

    private void Settle() => Bench.Until(() => Alive().Troubles.All(static trouble => trouble.StartsWith("control:", StringComparison.Ordinal)), () => $"the body is in order: {string.Join("; ", Host.Troubles)}", Bench.HostPatience);

    private HostProgram Alive()
    {
        Host.Check();
        return Host;
    }

    /// <summary>Another world at the end of the same wires.</summary>
    private void Replace(double? obstacle)
    {
        _rover?.Dispose();
        var configuration = ConfigurationReader.Read(_file!);
        var world = configuration.World;
        if (obstacle is { } metres)
            world = world with { Obstacles = [new ObstacleDescription("post", new PointM(world.Start.At.X + metres, world.Start.At.Y), 0.15, 1)] };
        _rover = new BenchRover(Bench, configuration, world);
    }

    private void Drive(double metres) => Host.Tell(string.Create(CultureInfo.InvariantCulture, $"drive {metres}"));

    /// <returns>Process of the core that drives.</returns>
    private int DriveOn()
    {
        var (began, asked) = (Bench.Time.GetTimestamp(), 0L);
        Bench.Until(
            () =>
            {
                if (asked == 0 || Bench.Time.GetElapsedTime(asked) > AskAgain) // a board that is short of time may have ended the one before
                {
                    if (Host.Stop == "Line")
                        Host.Tell("release"); // the board was too busy to drive the button's wire in time when a core read it first
                    Drive(1);
                    asked = Bench.Time.GetTimestamp();
                }
                return Alive().State == "Running" && Bench.Time.GetElapsedTime(began) > Settled && IsDriven();
            },
            () => $"both motors are driven; the host says {Host.State}, {Host.Cause}, stop {Host.Stop}: {string.Join("; ", Host.Troubles)}",
            Bench.HostPatience);
        return Host.Core;
    }

    /// <returns>Milliseconds from the deed to both motors' brakes, and the longest of them in which the board's one processor did not come to this thread, which looks each millisecond.</returns>
    private (double Milliseconds, double Starved) UntilBraked(Action deed)
    {
        var began = Bench.Time.GetTimestamp();
        var (looked, starved) = (began, 0.0);
        deed();
        Bench.Until(
            () =>
            {
                var now = Bench.Time.GetTimestamp();
                starved = Math.Max(starved, Bench.Time.GetElapsedTime(looked, now).TotalMilliseconds);
                looked = now;
                return IsBraked();
            },
            "both motors are braked");
        return (Math.Max(Since(began, Rover.Wiring.Left), Since(began, Rover.Wiring.Right)), starved);
    }

    private void ExpectInTime(HilBench bench, (double Milliseconds, double Starved)[] braked, string what)
    {
        var control = Rover.Configuration.Control;
        var limit = control.Heartbeat.TotalMilliseconds + (2 * 1000.0 / control.RateHz);
        Note($"host {what} to both motors shorted, {braked.Length} times: least {braked.Min(each => each.Milliseconds):F1} ms, most {braked.Max(each => each.Milliseconds):F1} ms; allowed are {limit:F0}, and as long as the board itself stood still, {braked.Max(each => each.Starved):F1} at most");
        bench.InTime(braked.Select(each => each.Milliseconds - each.Starved), TimeSpan.FromMilliseconds(limit), $"host {what} to both motors shorted, beyond the time that the board stood still");
    }

    private void MeasureStops(HilBench bench)
    {
        Ready();
        var milliseconds = new double[Presses];
        var beyondStarved = new double[Presses];
        for (var i = 0; i < Presses; i++)
        {
            DriveOn();
            Host.Pause(); // 200 ms before the core brakes because of that
            (milliseconds[i], var starved) = UntilBraked(() => Rover.Wired.PressStop(true));
            beyondStarved[i] = milliseconds[i] - (starved > LookPeriod ? starved : 0);
            Host.Continue();
            bench.Until(() => Host.Stop == "Line", "the stop is latched, and the host sees it");
            Rover.Wired.PressStop(false);
            HilBench.Pause(TimeSpan.FromMilliseconds(50));
            HilBench.Equal("Line", Host.Stop, "the stop stays when the button is let go");
            Host.Release(bench);
        }
        Array.Sort(milliseconds);
        Note($"edge to both motors shorted, {Presses} times, the host paused: p50 {milliseconds[Presses / 2]:F2} ms, most {milliseconds[^1]:F2} ms");
        bench.InTime(beyondStarved, StopLatency, "edge to both motors shorted, beyond the time that the board stood still");
    }

    private void KillCore(HilBench bench, Action<int> deed, string what)
    {
        Ready();
        var core = DriveOn();
        var channel = Rover.Wiring.Left.PwmChannel;
        var states = Host.States.Count;
        var began = bench.Time.GetTimestamp();
        deed(core);
        if (deed == ProcessSignals.Kill)
            bench.Until(() => BoardProgram.IsGone(core), "the core is gone");
        HilBench.Pause(TimeSpan.FromMilliseconds(30)); // what it wrote last is still on its way here
        var before = bench.Board.Chips.Pwm.Of(channel).Count;
        bench.Until(() => Host.Said.Any(line => line.Contains($"process {core}) {what}", StringComparison.Ordinal)), "the host tells the core's death");
        bench.Until(() => Alive().Core != core && Host.Troubles.Any(trouble => trouble.Contains("braked first", StringComparison.Ordinal)), "the core is replaced");
        var after = bench.Board.Chips.Pwm.Of(channel).Skip(before).ToArray();
        var braked = Array.FindIndex(after, static state => state.Duty == 1);
        HilBench.True(braked >= 0 && after[..braked].All(static state => state.Duty == 0), "the next core gives no power before it has braked");
        HilBench.True(
            Host.States.Skip(states).TakeWhile(state => state.GetProperty("core").GetInt32() == core).All(state => state.GetProperty("state").GetString() != "Running" || state.GetProperty("troubles").GetArrayLength() == 0),
            "while the core is known to be gone, no state claims motion");
        Note($"core {(deed == ProcessSignals.Kill ? "killed" : "paused")}, PWM as it left it for {bench.Time.GetElapsedTime(began, after[0].Timestamp).TotalMilliseconds:F0} ms, both braked by the next core after {bench.Time.GetElapsedTime(began, after[braked].Timestamp).TotalMilliseconds:F0} ms");
        DriveOn();
        HilBench.Throws<DeviceException>(() => KernelWatchdog.Open(TimeSpan.FromSeconds(WatchdogSeconds)).Dispose(), KernelWatchdog.DefaultPath, "another program holds it");
    }

    private bool IsTold(string beginning) => Alive().Troubles.Any(trouble => trouble.StartsWith(beginning, StringComparison.Ordinal));

    private bool IsDriven() => Rover.Wiring is var wiring && IsDriven(wiring.Left) && IsDriven(wiring.Right);

    private bool IsDriven(WheelWiring wheel) => Bench.Board.Chips.Pwm.Last(wheel.PwmChannel).Duty is > 0 and < 1;

    private bool IsBraked() => Rover.Wiring is var wiring && IsBraked(wiring.Left) && IsBraked(wiring.Right);

    private bool IsBraked(WheelWiring wheel) => Bench.Board.Chips.Pwm.Last(wheel.PwmChannel).Duty == 1 && Bench.Level(wheel.In1) && Bench.Level(wheel.In2);

    private double Since(long from, WheelWiring wheel) => Bench.Time.GetElapsedTime(from, Bench.Board.Chips.Pwm.Last(wheel.PwmChannel).Timestamp).TotalMilliseconds;

    private static bool HoldsLines(int process) => Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Any(static file => new FileInfo(file).LinkTarget?.Contains("gpio-line", StringComparison.Ordinal) == true);

    private static string CoreLog() => Directory.EnumerateFiles(Path.Combine(Path.GetTempPath(), "core-suite", "runs"), "control.log", SearchOption.AllDirectories)
        .SelectMany(File.ReadLines).LastOrDefault(static line => line.Contains("first", StringComparison.Ordinal)) ?? "no log";

    private void Note(FormattableString figure) => Bench.Note(figure.ToString(CultureInfo.InvariantCulture));
}
