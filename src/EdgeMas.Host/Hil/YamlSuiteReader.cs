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
    private static readonly string[] ChipNames = ["imu", "range_finder"];
    private static readonly string[] FaultNames = [.. Enum.GetNames<BusFault>().Select(Word)];
    private static readonly string[] StateNames = [.. Enum.GetNames<MotionState>().Select(Word)];
    private static readonly string[] CauseNames = [.. Enum.GetNames<MotionCause>().Select(Word)];
    private static readonly string[] StepNames = ["drive_m", "turn_deg", "wait_ms", "press_stop", "release_stop", "stick", "chip", "encoder", "bridge", "expect"];

    private readonly Board _board;

    private YamlSuiteReader(Board board) => _board = board;

    /// <exception cref="ConfigurationException">It cannot be used; the message names each error with file, line and column.</exception>
    public static HilSuite Read(string path)
    {
        var full = Path.GetFullPath(path);
        return YamlFile.Read(full, (root, errors) =>
        {
            var (name, description) = (root.RequiredText("suite", "stop-button"), root.Text("description", ""));
            var robot = root.RequiredText("robot", "../../configs/rover-simboard.yaml");
            errors.ThrowIfAny();
            var configuration = ConfigurationReader.Read(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(full)!, robot)));
            if (configuration.Body is null)
                root.Refuse("robot", $"{robot} has a simulated body: name a robot with body: {{ kind: devices }}");
            errors.ThrowIfAny();
            var reader = new YamlSuiteReader(configuration.Body!.Board);
            double? obstacle = root.Has("obstacle_m") ? root.Number("obstacle_m", 3, 0.5, 100) : null;
            YamlCase[] cases = [.. root.Children("cases").Select(reader.ReadCase)];
            HilFault[] faults = [.. root.Children("faults").Select(reader.ReadFault)];
            if (cases.Length == 0)
                root.Refuse("cases", "a suite has at least one case: write cases: and below it '- name: …' with steps");
            root.Close();
            return new YamlSuite(full, name, description, configuration, obstacle, cases, faults);
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
            return new YamlStep(section.Line, static (_, _) => { });
        }
        Action<BenchRover, HilBench> act;
        switch (keys[0])
        {
            case "drive_m":
                var meters = section.Number("drive_m", 1, -100, 100);
                act = (rover, _) => rover.Begin(MotionGoal.Drive(meters));
                break;
            case "turn_deg":
                var radians = section.Number("turn_deg", 90, -720, 720) * Math.PI / 180;
                act = (rover, _) => rover.Begin(MotionGoal.Turn(radians));
                break;
            case "wait_ms":
                var pause = TimeSpan.FromMilliseconds(section.Number("wait_ms", 100, 0, LongestMs));
                act = (rover, bench) => Wait(rover, bench, pause);
                break;
            case "press_stop":
                var pressed = section.Flag("press_stop", true);
                act = (rover, _) => rover.Wired.PressStop(pressed);
                break;
            case "release_stop":
                var released = section.Flag("release_stop", true);
                act = (rover, _) =>
                {
                    if (released)
                        rover.Loop.Desk.EmergencyStop.Release();
                };
                break;
            case "expect":
                act = ReadExpectation(section.Child("expect"));
                break;
            default:
                var fault = ReadBreak(section, keys[0]);
                act = fault;
                break;
        }
        return new YamlStep(section.Line, act);
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
                var address = chip.Choice("name", ChipNames[0], ChipNames) == "imu" ? BenchRover.ImuAddress : BenchRover.RangeFinderAddress;
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

    private Action<BenchRover, HilBench> ReadExpectation(Section section)
    {
        var within = section.Number("within_ms", 1000, 0, LongestMs);
        List<Action<BenchRover, HilBench, long>> checks = [];
        if (section.Has("pwm"))
            checks.Add(ReadPwm(section, within));
        if (section.Has("pin"))
        {
            var (line, high) = (ReadLine(section), section.Choice("level", "high", "high", "low") == "high");
            checks.Add((rover, bench, began) => Until(rover, bench, began, within, () => bench.Level(line) == high, () => $"line {line} {(high ? "high" : "low")}; it is not"));
        }
        if (section.Has("state"))
        {
            var state = Enum.Parse<MotionState>(section.Choice("state", StateNames[0], StateNames), ignoreCase: true);
            checks.Add((rover, bench, began) => Until(rover, bench, began, within, () => rover.Snapshot.State == state, () => $"state {state}; it is {rover.Snapshot.State}, {rover.Snapshot.Cause}"));
        }
        if (section.Has("cause"))
        {
            var cause = Enum.Parse<MotionCause>(section.Choice("cause", CauseNames[0], CauseNames), ignoreCase: true);
            checks.Add((rover, bench, began) => Until(rover, bench, began, within, () => rover.Snapshot.Cause == cause, () => $"cause {cause}; it is {rover.Snapshot.Cause}"));
        }
        if (section.OptionalText("trouble") is { } words)
        {
            checks.Add((rover, bench, began) => Until(
                rover, bench, began, within, () => words == "none" ? rover.Body.Troubles.Count == 0 : rover.Body.Troubles.Any(trouble => trouble.Contains(words, StringComparison.Ordinal)),
                () => $"trouble '{words}'; there is {(rover.Body.Troubles.Count == 0 ? "none" : string.Join("; ", rover.Body.Troubles))}"));
        }
        if (section.Numbers("range_m", 2, 0, 100, "[least, most] in metres") is { } range)
            checks.Add((rover, bench, began) => Until(rover, bench, began, within, () => rover.World.State.RangeAhead is var ahead && ahead >= range[0] && ahead <= range[1], () => string.Create(CultureInfo.InvariantCulture, $"{range[0]} to {range[1]} m ahead in the world; there are {rover.World.State.RangeAhead:F3}")));
        if (checks.Count == 0)
            section.Refuse("within_ms", "expect one of pwm (with duty), pin (with level), state, cause, trouble, range_m");
        section.Close();
        return (rover, bench) =>
        {
            var began = bench.Time.GetTimestamp();
            foreach (var check in checks)
                check(rover, bench, began);
        };
    }

    /// <summary>A PWM output is judged by when it changed, not by when the bench looked.</summary>
    private static Action<BenchRover, HilBench, long> ReadPwm(Section section, double within)
    {
        var channel = section.Whole("pwm", 0, 0, 3);
        var duty = section.RequiredNumbers("duty", 2, 0, 1, "[least, most], 0 to 1");
        var tolerance = section.Number("tolerance", 0.005, 0, 1);
        return (rover, bench, began) =>
        {
            PwmState state = default;
            Until(
                rover, bench, began, within,
                () => (state = bench.Board.Chips.Pwm.Last(channel)).Duty >= duty[0] - tolerance && state.Duty <= duty[1] + tolerance,
                () => string.Create(CultureInfo.InvariantCulture, $"PWM {channel} at {duty[0]} to {duty[1]}; it is at {bench.Board.Chips.Pwm.Last(channel).Duty:F3}"),
                () => bench.Time.GetElapsedTime(began, state.Timestamp).TotalMilliseconds);
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
    private static void Until(BenchRover rover, HilBench bench, long began, double within, Func<bool> condition, Func<string> what, Func<double>? cameAfter = null)
    {
        const double graceMs = 1000; // to tell what came too late from what never comes
        while (!condition())
        {
            if (bench.Time.GetElapsedTime(began).TotalMilliseconds > within + graceMs)
                throw new HilFailure(string.Create(CultureInfo.InvariantCulture, $"expected within {within} ms: {what()}"));
            rover.Feed();
            HilBench.Pause(TimeSpan.FromMilliseconds(1));
        }
        var after = cameAfter?.Invoke() ?? bench.Time.GetElapsedTime(began).TotalMilliseconds;
        if (after > within)
            throw new HilFailure(string.Create(CultureInfo.InvariantCulture, $"it came after {after:F1} ms, not within {within}"));
    }

    private static void Wait(BenchRover rover, HilBench bench, TimeSpan pause)
    {
        var began = bench.Time.GetTimestamp();
        while (bench.Time.GetElapsedTime(began) < pause)
        {
            rover.Feed();
            HilBench.Pause(TimeSpan.FromMilliseconds(5));
        }
    }

    /// <summary>RangeFinder becomes rangefinder.</summary>
    private static string Word(string name) => name.ToLowerInvariant();
}
