using System.Globalization;
using EdgeMas.Control.Process;
using EdgeMas.Devices.Chips.Mpu6050;
using EdgeMas.Devices.Rover;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Board;
using EdgeMas.Simulation.Description;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>The rover's chips in edgemas-control, a host beside it, and what becomes of the motors when one of the two dies.</summary>
internal sealed class CoreSuite : HilSuite
{
    private const int Kills = 3;
    private const int Pauses = 10;
    private const int Presses = 50;
    private const double Post = 2.5;

    private static readonly TimeSpan StopLatency = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(20);

    private BenchRover? _rover;
    private HostProgram? _host;
    private string? _file;
    private HilBench? _bench;

    public override string Name => "core";

    public override string Description => "The rover's chips in edgemas-control: the host killed and paused, the core killed and paused, stop button and range finder without a host, sensors missing";

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
            var milliseconds = new double[Kills];
            for (var i = 0; i < Kills; i++)
            {
                if (i > 0)
                    StartHost();
                var core = DriveOn();
                milliseconds[i] = UntilBraked(Host.Kill);
                Host.Dispose();
                HilBench.True(Directory.Exists($"/proc/{core}"), "the core lives on");
            }
            ExpectInTime(milliseconds, "killed");
            StartHost();
            DriveOn();
        }),
        new("a host that is paused finds the rover braked, and drives on when it goes on", bench =>
        {
            var core = Host.Core;
            var milliseconds = new double[Pauses];
            for (var i = 0; i < Pauses; i++)
            {
                DriveOn();
                milliseconds[i] = UntilBraked(Host.Pause);
                Host.Continue();
            }
            DriveOn();
            ExpectInTime(milliseconds, "paused");
            HilBench.Equal(core, Host.Core, "process of the core");
        }),
        new("the stop button's edge brakes in the core while the host is paused", MeasureStops),
        new("a thing ahead stops the rover in the core while the host is paused", bench =>
        {
            Restart("heartbeat_ms: 5000", "watchdog_ms: 5000");
            Replace(Post);
            Drive(10);
            bench.Until(() => Rover.World.State.RangeAhead < 1.2, "near the post");
            Host.Pause();
            try
            {
                bench.Until(() => Rover.World.State.Speed == 0, "standing");
                Note($"{Rover.World.State.RangeAhead:F2} m left before the post");
                HilBench.Near(Rover.Configuration.Envelope.StopDistance, Rover.World.State.RangeAhead, 0.25, "metres left to the post");
                HilBench.Equal(0, Rover.World.State.Collisions, "collisions");
            }
            finally
            {
                Host.Continue();
            }
            bench.Until(() => Host.Cause is "Obstacle", "the host learns why");
        }),
        new("a core killed with -9 is told at once, claimed by nobody to move, and replaced by one that brakes first", bench =>
        {
            Restart();
            KillCore(bench, ProcessSignals.Kill, "died");
        }),
        new("a core that is paused is killed and replaced, too", bench => KillCore(bench, ProcessSignals.Pause, "did not tick any more and was killed")),
        new("a range finder unplugged while it drives ahead stops it and is told; plugged in it heals", bench =>
        {
            Drive(2);
            bench.Until(IsDriven, "both motors are driven");
            bench.Board.Chips.Unplug(BenchRover.RangeFinderAddress);
            bench.Until(IsBraked, "both motors are braked");
            bench.Until(() => Host.Cause == "RangeFinder" && IsTold("range finder: i2c-0 address 0x29"), "the trouble is told");
            bench.Board.Chips.Plug(BenchRover.RangeFinderAddress, Rover.Wired.RangeFinder);
            bench.Until(() => !IsTold("range finder"), "healed");
        }),
        new("a host that ends takes its core with it, and the motors have no power", bench =>
        {
            var core = Host.Core;
            Host.End(EndLimit);
            bench.Until(() => !Directory.Exists($"/proc/{core}") || File.ReadAllText($"/proc/{core}/cmdline").Length == 0, "the core is gone");
            HilBench.Equal(0.0, bench.Board.Chips.Pwm.Last(Rover.Wiring.Left.PwmChannel).Duty, "left duty");
            HilBench.Equal(0.0, bench.Board.Chips.Pwm.Last(Rover.Wiring.Right.PwmChannel).Duty, "right duty");
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
        var core = _host?.Core ?? 0;
        _host?.Dispose();
        ProcessSignals.Kill(core);
        _host = null;
        _rover?.Dispose();
        _rover = null;
    }

    /// <summary>The robot's file, with its control loop in edgemas-control, and as far from a time limit as a case asks.</summary>
    private static string WriteConfiguration(string heartbeat = "heartbeat_ms: 200", string watchdog = "watchdog_ms: 1000")
    {
        var text = File.ReadAllText(BenchRover.ConfigurationFile());
        var control = text.Split('\n').First(line => line.StartsWith("control:", StringComparison.Ordinal));
        var file = Path.Combine(Path.GetTempPath(), $"core-{Environment.ProcessId}-{heartbeat.Length + watchdog.Length}.yaml");
        File.WriteAllText(file, text
            .Replace(control, $"control: {{ mode: process, rate_hz: 50, priority: 0, {heartbeat} }}", StringComparison.Ordinal)
            .Replace("envelope:\n", $"envelope:\n  {watchdog}\n", StringComparison.Ordinal));
        return file;
    }

    /// <summary>Another core, with a host of its own.</summary>
    private void Restart(params string[] limits)
    {
        Host.End(EndLimit);
        Host.Dispose();
        _file = limits is [var heartbeat, var watchdog] ? WriteConfiguration(heartbeat, watchdog) : WriteConfiguration();
        StartHost();
    }

    private void StartHost()
    {
        _host?.Dispose();
        _host = new HostProgram(_file!, Path.Combine(Path.GetTempPath(), "core-suite"));
        Bench.Until(() => Alive().Core != 0, "the host has a core");
    }

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
        Drive(1);
        Bench.Until(() => Alive().State == "Running" && IsDriven(), "both motors are driven");
        return Host.Core;
    }

    /// <returns>Milliseconds from the deed to both motors' brakes.</returns>
    private double UntilBraked(Action deed)
    {
        var began = Bench.Time.GetTimestamp();
        deed();
        Bench.Until(IsBraked, "both motors are braked");
        return Math.Max(Since(began, Rover.Wiring.Left), Since(began, Rover.Wiring.Right));
    }

    private void ExpectInTime(double[] milliseconds, string what)
    {
        var control = Rover.Configuration.Control;
        var limit = control.Heartbeat.TotalMilliseconds + (2 * 1000.0 / control.RateHz);
        Note($"host {what} to both motors shorted, {milliseconds.Length} times: least {milliseconds.Min():F1} ms, most {milliseconds.Max():F1} ms; allowed are {limit:F0}");
        HilBench.True(milliseconds.Max() <= limit, string.Create(CultureInfo.InvariantCulture, $"{milliseconds.Max():F1} ms, above {limit:F0}"));
    }

    private void MeasureStops(HilBench bench)
    {
        var milliseconds = new double[Presses];
        for (var i = 0; i < Presses; i++)
        {
            DriveOn();
            Host.Pause(); // 200 ms before the core brakes because of that
            milliseconds[i] = UntilBraked(() => Rover.Wired.PressStop(true));
            Host.Continue();
            bench.Until(() => Host.Stop == "Line", "the stop is latched, and the host sees it");
            Rover.Wired.PressStop(false);
            HilBench.Pause(TimeSpan.FromMilliseconds(50));
            HilBench.Equal("Line", Host.Stop, "the stop stays when the button is let go");
            Host.Tell("release");
            bench.Until(() => Host.Stop == "None", "released");
        }
        Array.Sort(milliseconds);
        var most = milliseconds[(Presses * 99 / 100) - 1];
        Note($"edge to both motors shorted, {Presses} times, the host paused: p50 {milliseconds[Presses / 2]:F2} ms, p99 {most:F2} ms, most {milliseconds[^1]:F2} ms");
        HilBench.True(most <= StopLatency.TotalMilliseconds, string.Create(CultureInfo.InvariantCulture, $"p99 is {most:F2} ms, above {StopLatency.TotalMilliseconds}"));
    }

    private void KillCore(HilBench bench, Action<int> deed, string what)
    {
        var core = DriveOn();
        var channel = Rover.Wiring.Left.PwmChannel;
        var before = bench.Board.Chips.Pwm.Of(channel).Count;
        var states = Host.States.Count;
        var began = bench.Time.GetTimestamp();
        deed(core);
        bench.Until(() => Host.Said.Any(line => line.Contains($"process {core}) {what}", StringComparison.Ordinal)), "the host tells the core's death");
        bench.Until(() => Alive().Core != core && Host.Troubles.Any(trouble => trouble.Contains("braked first", StringComparison.Ordinal)), "the core is replaced");
        var after = bench.Board.Chips.Pwm.Of(channel).Skip(before).Where(state => state.Timestamp > began).ToArray();
        var braked = Array.FindIndex(after, static state => state.Duty == 1);
        HilBench.True(braked >= 0 && after[..braked].All(static state => state.Duty == 0), "the next core gives no power before it has braked");
        HilBench.True(
            Host.States.Skip(states).TakeWhile(state => state.GetProperty("core").GetInt32() == core).All(state => state.GetProperty("state").GetString() != "Running" || state.GetProperty("troubles").GetArrayLength() == 0),
            "while the core is known to be gone, no state claims motion");
        Note($"core {(deed == ProcessSignals.Kill ? "killed" : "paused")}, PWM as it left it for {bench.Time.GetElapsedTime(began, after[0].Timestamp).TotalMilliseconds:F0} ms, both braked by the next core after {bench.Time.GetElapsedTime(began, after[braked].Timestamp).TotalMilliseconds:F0} ms");
        DriveOn();
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
