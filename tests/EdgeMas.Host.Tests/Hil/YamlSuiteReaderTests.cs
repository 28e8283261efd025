using System.Text.Json;
using EdgeMas.Control.Loop;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Hil;
using EdgeMas.Host.Tests.Parts;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Tests.Hil;

public sealed class YamlSuiteReaderTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetDirectoryName(Shipped.Suite)!, $"{Guid.NewGuid():N}.yaml"); // its robot is named relative to it

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void The_shipped_suite_is_read_with_its_cases_and_faults()
    {
        var suite = HilSuites.Find([Shipped.Suite]).Single();

        Assert.Equal(("stop-and-faults", Path.GetFullPath(Shipped.Suite)), (suite.Name, suite.Source));
        Assert.Equal(7, suite.Cases.Count);
        Assert.Contains(suite.Faults, fault => fault.Name == "bridge-dead");
    }

    [Theory]
    [InlineData("press_stop: true", "press_stopp: true", "did you mean 'press_stop'?")]
    [InlineData("is: freeze", "is: frozen", "write one of none, silent, hang")]
    [InlineData("pin: GPIO17", "pin: GPIO99", "no pin 'GPIO99'")]
    [InlineData("duty: [0.06, 0.6]", "duty: 0.6", "expected [least, most]")]
    [InlineData("within_ms: 15 }", "within_ms: soon }", "is not a number")]
    [InlineData("expect: { range_m: [0.15, 0.6] }", "expect: { within_ms: 5 }", "expect one of pwm")]
    [InlineData("drive_m: 5", "drive_m: far", "is not a number")]
    [InlineData("bridge: dead", "bridge: broken", "write one of dead, alive")]
    [InlineData("brown_out: { name: imu, ms: 300 }", "brown_out: { name: imu, ms: -1 }", "write 0 to 120000")]
    [InlineData("brown_out: { name: imu, ms: 300 }", "brown_out: { name: motor, ms: 300 }", "write one of imu, range_finder")]
    [InlineData("encoder: running", "host: pause", "write 'drives: host' beside 'robot:'")]
    [InlineData("encoder: running", "core: kill", "write 'drives: host' beside 'robot:'")]
    [InlineData("encoder: running", "jump_clock_s: tomorrow", "is not a number")]
    public void A_mistake_is_told_with_its_line(string right, string wrong, string words) => ExpectMistake(Shipped.Suite, right, wrong, words);

    [Theory]
    [InlineData("host: pause", "host: stop", "write one of kill, pause, continue, start")]
    [InlineData("core: kill", "core: start", "write one of kill, pause, continue")]
    [InlineData("expect: { core: other }", "expect: { core: new }", "write one of other, same")]
    [InlineData("drives: host", "drives: hosts", "did you mean 'host'?")]
    [InlineData("jump_clock_s: 86400", "jump_clock_s: 1e12", "out of range")]
    public void A_mistake_about_a_process_is_told_with_its_line(string right, string wrong, string words) => ExpectMistake(Shipped.ProcessSuite, right, wrong, words);

    [Fact]
    public void The_shipped_suite_of_processes_has_a_robot_wired_like_the_simulated_boards_rover()
    {
        var suite = HilSuites.Find([Shipped.ProcessSuite]).Single();
        var robot = ConfigurationReader.Read(Path.Combine(Path.GetDirectoryName(Shipped.ProcessSuite)!, "rover-processes.yaml"));
        var rover = ConfigurationReader.Read(Shipped.DeviceRover);

        Assert.Equal(("processes", 5, ControlPlace.Process), (suite.Name, suite.Cases.Count, robot.Control.Place));
        Assert.Equal(rover.Body!.Wiring, robot.Body!.Wiring);
    }

    [Fact]
    public void A_core_of_its_own_is_not_taken_for_granted()
    {
        File.WriteAllText(_file, File.ReadAllText(Shipped.ProcessSuite).Replace("rover-processes.yaml", "../../configs/rover-simboard.yaml", StringComparison.Ordinal));

        Assert.Contains(Assert.Throws<ConfigurationException>(() => HilSuites.Find([_file])).Errors, told => told.Problem.Contains("control: { mode: process }", StringComparison.Ordinal));
    }

    /// <summary>The schema's keys, each given a value that nothing takes: the reader knows every one, and no other.</summary>
    [Fact]
    public void The_schema_for_editors_has_the_readers_keys_and_words()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(Shipped.Suite)!, "suite.schema.json")));
        var (properties, definitions) = (schema.RootElement.GetProperty("properties"), schema.RootElement.GetProperty("$defs"));
        var expect = definitions.GetProperty("expect").GetProperty("properties");
        File.WriteAllText(_file, """
            robot: ../../configs/rover-simboard.yaml
            suite: keys
            unknown: 1
            cases:
              - unknown: 1
                steps:
                  - unknown: 1
                  - brown_out: { unknown: 1 }
                  - expect: { unknown: 1, pwm: 0, pin: GPIO16 }
            faults:
              - { name: a, stick: { unknown: 1 }, unknown: 1 }
              - { name: b, chip: { unknown: 1 } }
            """);

        var error = Assert.Throws<ConfigurationException>(() => HilSuites.Find([_file]));

        AssertKeys("unknown", "here: ", properties);
        AssertKeys("cases[0].unknown", "here: ", properties.GetProperty("cases").GetProperty("items").GetProperty("properties"));
        AssertKeys("cases[0].steps[0].unknown", "one of ", definitions.GetProperty("step").GetProperty("properties"));
        AssertKeys("cases[0].steps[1].brown_out.unknown", "here: ", definitions.GetProperty("step").GetProperty("properties").GetProperty("brown_out").GetProperty("properties"));
        AssertKeys("cases[0].steps[2].expect.unknown", "here: ", expect);
        AssertKeys("faults[0].unknown", "here: ", properties.GetProperty("faults").GetProperty("items").GetProperty("properties"));
        AssertKeys("faults[0].stick.unknown", "here: ", definitions.GetProperty("stick").GetProperty("properties"));
        AssertKeys("faults[1].chip.unknown", "here: ", definitions.GetProperty("chip").GetProperty("properties"));
        AssertWords<MotionState>(expect.GetProperty("state"));
        AssertWords<MotionCause>(expect.GetProperty("cause"));
        AssertWords<BusFault>(definitions.GetProperty("chip").GetProperty("properties").GetProperty("is"));

        void AssertKeys(string key, string before, JsonElement described)
        {
            var problem = Assert.Single(error.Errors, told => told.Key == key).Problem;
            Assert.Equal(described.EnumerateObject().Select(property => property.Name).Order(), problem[(problem.LastIndexOf(before, StringComparison.Ordinal) + before.Length)..].Split("; ")[0].Split(", ").Order());
        }

        static void AssertWords<T>(JsonElement described)
            where T : struct, Enum =>
            Assert.Equal(Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).Order(), described.GetProperty("enum").EnumerateArray().Select(word => word.GetString()!).Order());
    }

    private void ExpectMistake(string suite, string right, string wrong, string words)
    {
        var lines = File.ReadAllLines(suite);
        var line = Array.FindIndex(lines, text => text.Contains(right, StringComparison.Ordinal));
        lines[line] = lines[line].Replace(right, wrong, StringComparison.Ordinal);
        File.WriteAllLines(_file, lines);

        var error = Assert.Throws<ConfigurationException>(() => HilSuites.Find([_file]));

        Assert.Contains(error.Errors, told => told.Line == line + 1 && told.Problem.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void A_robot_with_a_simulated_body_cannot_be_wired_to_a_board()
    {
        File.WriteAllText(_file, File.ReadAllText(Shipped.Suite).Replace("rover-simboard", "rover-sim", StringComparison.Ordinal));

        Assert.Contains(Assert.Throws<ConfigurationException>(() => HilSuites.Find([_file])).Errors, told => told.Problem.Contains("simulated body", StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_shows_what_failed_with_its_waveforms_and_no_letter_of_a_message_becomes_markup()
    {
        var page = Path.GetTempFileName();
        try
        {
            HtmlReport.Write(
                page,
                [
                    new HilResult("motor", "it turns", HilResult.Failed, 0.5, "duty <b>0.4</b>\0") { Waves = [new HilWave("PWM 0", [0, 250], [0, 1])] },
                    new HilResult("motor", "it stands", HilResult.Passed, 0.1, null) { Note = "p99 1 ms" },
                ],
                seconds: 1);
            var text = File.ReadAllText(page);

            Assert.Contains("1 passed, 1 failed, 0 skipped", text, StringComparison.Ordinal);
            Assert.Contains("duty &lt;b&gt;0.4&lt;/b&gt;?", text, StringComparison.Ordinal);
            Assert.Contains("p99 1 ms", text, StringComparison.Ordinal);
            Assert.Contains("d=\"M110 30H505V6H900\"", text, StringComparison.Ordinal); // low for the first half, then high
        }
        finally
        {
            File.Delete(page);
        }
    }
}
