using System.Globalization;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Devices.Boards;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Hil;

/// <summary>Reads a suite's file: the one place that knows its keys, units and ranges. <c>hardware/hil/README.md</c> describes them.</summary>
internal sealed class YamlSuiteReader
{
    private const double LongestMs = 120_000;
    private const double LongestJump = 10 * 365 * 86_400.0;
    private const string OwnHost = "host";
    private static readonly string[] ChipNames = ["imu", "range_finder"];
    private static readonly string[] FaultNames = [.. Enum.GetNames<BusFault>().Select(Word)];
    private static readonly string[] StateNames = [.. Enum.GetNames<MotionState>().Select(Word)];
    private static readonly string[] CauseNames = [.. Enum.GetNames<MotionCause>().Select(Word)];
    private static readonly string[] StepNames = ["drive_m", "turn_deg", "wait_ms", "press_stop", "release_stop", "stick", "chip", "brown_out", "encoder", "bridge", "jump_clock_s", "host", "core", "expect"];

    private readonly Board _board;
    private readonly bool _hasHost, _hasCore;

    private YamlSuiteReader(RobotConfiguration robot, bool hasHost)
    {
        _board = robot.Body!.Board;
        (_hasHost, _hasCore) = (hasHost, robot.Control.Place == ControlPlace.Process);
    }

    /// <exception cref="ConfigurationException">It cannot be used; the message names each error with file, line and column.</exception>
    public static HilSuite Read(string path)
    {
        var full = Path.GetFullPath(path);
        return YamlFile.Read(full, (root, errors) =>
        {
            var (name, description) = (root.RequiredText("suite", "stop-button"), root.Text("description", ""));
            var robot = root.RequiredText("robot", "../../configs/rover-simboard.yaml");
            errors.ThrowIfAny();
            var robotFile = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(full)!, robot));
            var configuration = ConfigurationReader.Read(robotFile);
            if (configuration.Body is null)
                root.Refuse("robot", $"{robot} has a simulated body: name a robot with body: {{ kind: devices }}");
            errors.ThrowIfAny();
            var hasHost = root.Choice("drives", "bench", "bench", OwnHost) == OwnHost;
            var reader = new YamlSuiteReader(configuration, hasHost);
            double? obstacle = root.Has("obstacle_m") ? root.Number("obstacle_m", 3, 0.5, 100) : null;
            YamlCase[] cases = [.. root.Children("cases").Select(reader.ReadCase)];
            HilFault[] faults = [.. root.Children("faults").Select(reader.ReadFault)];
            if (cases.Length == 0)
                root.Refuse("cases", "a suite has at least one case: write cases: and below it '- name: …' with steps");
            root.Close();
            return new YamlSuite(full, name, description, configuration, hasHost ? robotFile : null, obstacle, cases, faults);
        });
    }

    private YamlCase ReadCase(Section section)
    {
        var read = new YamlCase(section.RequiredText("name", "the button brakes"), [.. section.Children("steps").Select(ReadStep)]);
        if (read.Steps.Count == 0)
            section.Refuse("steps", $"a case has at least one step: {string.Join(", ", StepNames)}");
        section.Close();
        return read;
    }

    private YamlStep ReadStep(Section section)
    {
        string[] keys = [.. section.Keys];
        if (keys.Length != 1 || !StepNames.Contains(keys[0], StringComparer.Ordinal))
        {
            foreach (var key in StepNames)
                section.Has(key);
            section.Refuse(keys.FirstOrDefault() ?? "", $"a step is one of {string.Join(", ", StepNames)}{(keys.Length == 1 ? Section.DidYouMean(keys[0], StepNames) : "")}");
            return new YamlStep(section.Line, static _ => { });
        }
        return new YamlStep(section.Line, ReadDeed(section, keys[0]));
    }

    private Action<FileRun> ReadDeed(Section section, string kind)
    {
        switch (kind)
        {
            case "drive_m":
                var meters = section.Number(kind, 1, -100, 100);
                return run => run.Driver.Begin(MotionGoal.Drive(meters));
            case "turn_deg":
                var radians = section.Number(kind, 90, -720, 720) * Math.PI / 180;
                return run => run.Driver.Begin(MotionGoal.Turn(radians));
            case "wait_ms":
                var pause = TimeSpan.FromMilliseconds(section.Number(kind, 100, 0, LongestMs));
                return run => Wait(run, pause);
            case "press_stop":
                var pressed = section.Flag(kind, true);
                return run => run.Rover.Wired.PressStop(pressed);
            case "release_stop":
                return section.Flag(kind, true) ? static run => run.Driver.ReleaseStop() : static _ => { };
            case "brown_out":
                return ReadBrownOut(section.Child(kind));
            case "jump_clock_s":
                var jump = TimeSpan.FromSeconds(section.Number(kind, 86_400, -LongestJump, LongestJump));
                return run => run.Bench.JumpClock(jump);
            case "host":
                return ReadHost(section);
            case "core":
                return ReadCore(section);
            case "expect":
                return ReadExpectation(section.Child(kind));
            default:
                var fault = ReadBreak(section, kind);
                return run => fault(run.Rover, run.Bench);
        }
    }

    private static Action<FileRun> ReadBrownOut(Section section)
    {
        var address = ReadChip(section);
        var duration = TimeSpan.FromMilliseconds(section.Number("ms", 100, 0, LongestMs));
        section.Close();
        return run => run.Bench.Board.Chips.BrownOut(address, duration);
    }

    private Action<FileRun> ReadHost(Section section)
    {
        RequireHost(section, "host");
        return section.Choice("host", "kill", "kill", "pause", "continue", "start") switch
        {
            "kill" => static run => run.Host.Kill(),
            "pause" => static run => run.Host.Pause(),
            "continue" => static run => run.Host.Continue(),
            _ => static run => run.Host.Start(),
        };
    }

    private Action<FileRun> ReadCore(Section section)
    {
        RequireHost(section, "core");
        RequireCore(section);
        return section.Choice("core", "kill", "kill", "pause", "continue") switch
        {
            "kill" => static run => run.Host.KillCore(),
            "pause" => static run => run.Host.PauseCore(),
            _ => static run => run.Host.ContinueCore(),
        };
    }

    private void RequireHost(Section section, string key)
    {
        if (!_hasHost)
            section.Refuse(key, $"the bench itself drives: write 'drives: {OwnHost}' beside 'robot:' for a host in a process of its own");
    }

    private void RequireCore(Section section)
    {
        if (_hasHost && !_hasCore)
            section.Refuse("core", "this robot may have no process of its own for its control loop: write 'control: { mode: process }' in its file");
    }

    private HilFault ReadFault(Section section)
    {
        var name = section.RequiredText("name", "button-wire-stuck");
        string[] kinds = ["stick", "chip", "encoder", "bridge"];
        string[] found = [.. kinds.Where(section.Has)];
        if (found.Length != 1)
            section.Refuse("name", $"a fault is one of {string.Join(", ", kinds)}");
        var act = found.Length == 1 ? ReadBreak(section, found[0]) : static (_, _) => { };
        section.Close();
        return new HilFault(name, bench => act(BenchRover.On(bench), bench));
    }

    private Action<BenchRover, HilBench> ReadBreak(Section section, string kind)
    {
        switch (kind)
        {
            case "stick":
                var stick = section.Child("stick");
                var line = ReadLine(stick);
                var level = stick.Choice("level", "low", "high", "low", "free");
                stick.Close();
                return (_, bench) =>
                {
                    if (level == "free")
                        bench.Unstick(line);
                    else
                        bench.Stick(line, level == "high");
                };
            case "chip":
                var chip = section.Child("chip");
                var address = ReadChip(chip);
                var fault = Enum.Parse<BusFault>(chip.Choice("is", "silent", FaultNames), ignoreCase: true);
                chip.Close();
                return (_, bench) => bench.Board.Chips.Break(address, fault);
            case "encoder":
                var stuck = section.Choice("encoder", "stuck", "stuck", "running") == "stuck";
                return (rover, _) => rover.Wired.Faults.LeftEncoderStuck = stuck;
            default:
                var dead = section.Choice("bridge", "dead", "dead", "alive") == "dead";
                return (rover, _) => rover.Wired.Faults.BridgeDead = dead;
        }
    }

    private static int ReadChip(Section section) => section.Choice("name", ChipNames[0], ChipNames) == "imu" ? BenchRover.ImuAddress : BenchRover.RangeFinderAddress;

    private Action<FileRun> ReadExpectation(Section section)
    {
        var within = section.Number("within_ms", 1000, 0, LongestMs);
        List<Action<FileRun, long>> checks = [];
        if (section.Has("pwm"))
            checks.Add(ReadPwm(section, within));
        if (section.Has("pin"))
        {
            var (line, high) = (ReadLine(section), section.Choice("level", "high", "high", "low") == "high");
            checks.Add((run, began) => Until(run, began, within, () => run.Bench.Level(line) == high, () => $"line {line} {(high ? "high" : "low")}; it is not"));
        }
        if (section.Has("state"))
        {
            var state = Enum.Parse<MotionState>(section.Choice("state", StateNames[0], StateNames), ignoreCase: true);
            checks.Add((run, began) => Until(run, began, within, () => run.Driver.State == state, () => $"state {state}; it is {run.Driver.State}, {run.Driver.Cause}"));
        }
        if (section.Has("cause"))
        {
            var cause = Enum.Parse<MotionCause>(section.Choice("cause", CauseNames[0], CauseNames), ignoreCase: true);
            checks.Add((run, began) => Until(run, began, within, () => run.Driver.Cause == cause, () => $"cause {cause}; it is {run.Driver.Cause}"));
        }
        if (section.OptionalText("trouble") is { } words)
        {
            checks.Add((run, began) => Until(
                run, began, within, () => words == "none" ? run.Driver.Troubles.Count == 0 : run.Driver.Troubles.Any(trouble => trouble.Contains(words, StringComparison.Ordinal)),
                () => $"trouble '{words}'; there is {(run.Driver.Troubles.Count == 0 ? "none" : string.Join("; ", run.Driver.Troubles))}"));
        }
        if (section.Numbers("range_m", 2, 0, 100, "[least, most] in metres") is { } range)
            checks.Add((run, began) => Until(run, began, within, () => run.Rover.World.State.RangeAhead is var ahead && ahead >= range[0] && ahead <= range[1], () => string.Create(CultureInfo.InvariantCulture, $"{range[0]} to {range[1]} m ahead in the world; there are {run.Rover.World.State.RangeAhead:F3}")));
        if (section.Has("core"))
        {
            RequireHost(section, "core");
            RequireCore(section);
            var other = section.Choice("core", "other", "other", "same") == "other";
            checks.Add((run, began) => Until(run, began, within, () => run.Host.HasOtherCore == other, () => $"{(other ? "another core" : "the same core")}; it is {(other ? "the same" : "another")}"));
        }
        if (checks.Count == 0)
            section.Refuse("within_ms", "expect one of pwm (with duty), pin (with level), state, cause, trouble, range_m, core");
        section.Close();
        return run =>
        {
            var began = run.Bench.Time.GetTimestamp();
            foreach (var check in checks)
                check(run, began);
        };
    }

    /// <summary>A PWM output is judged by when it changed, not by when the bench looked.</summary>
    private static Action<FileRun, long> ReadPwm(Section section, double within)
    {
        var channel = section.Whole("pwm", 0, 0, 3);
        var duty = section.RequiredNumbers("duty", 2, 0, 1, "[least, most], 0 to 1");
        var tolerance = section.Number("tolerance", 0.005, 0, 1);
        return (run, began) =>
        {
            PwmState state = default;
            Until(
                run, began, within,
                () => (state = run.Bench.Board.Chips.Pwm.Last(channel)).Duty >= duty[0] - tolerance && state.Duty <= duty[1] + tolerance,
                () => string.Create(CultureInfo.InvariantCulture, $"PWM {channel} at {duty[0]} to {duty[1]}; it is at {run.Bench.Board.Chips.Pwm.Last(channel).Duty:F3}"),
                () => run.Bench.Time.GetElapsedTime(began, state.Timestamp).TotalMilliseconds);
        };
    }

    private int ReadLine(Section section)
    {
        var name = section.RequiredText("pin", "GPIO27");
        if (name.Length == 0)
            return 0;
        if (_board.FindPin(name) is { } pin)
            return pin.Line;
        section.Refuse("pin", $"{_board.Title} has no pin '{name}'{Section.DidYouMean(name, _board.Pins.Select(known => known.Name))}");
        return 0;
    }

    /// <param name="cameAfter">Milliseconds until it was so; null for those until the bench saw it.</param>
    private static void Until(FileRun run, long began, double within, Func<bool> condition, Func<string> what, Func<double>? cameAfter = null)
    {
        const double graceMs = 1000; // to tell what came too late from what never comes
        while (!condition())
        {
            if (run.Bench.Time.GetElapsedTime(began).TotalMilliseconds > within + graceMs)
                throw new HilFailure(string.Create(CultureInfo.InvariantCulture, $"expected within {within} ms: {what()}"));
            run.Driver.Feed();
            HilBench.Pause(TimeSpan.FromMilliseconds(1));
        }
        var after = cameAfter?.Invoke() ?? run.Bench.Time.GetElapsedTime(began).TotalMilliseconds;
        if (after > within)
            throw new HilFailure(string.Create(CultureInfo.InvariantCulture, $"it came after {after:F1} ms, not within {within}"));
    }

    private static void Wait(FileRun run, TimeSpan pause)
    {
        var began = run.Bench.Time.GetTimestamp();
        while (run.Bench.Time.GetElapsedTime(began) < pause)
        {
            run.Driver.Feed();
            HilBench.Pause(TimeSpan.FromMilliseconds(5));
        }
    }

    /// <summary>RangeFinder becomes rangefinder.</summary>
    private static string Word(string name) => name.ToLowerInvariant();
}
