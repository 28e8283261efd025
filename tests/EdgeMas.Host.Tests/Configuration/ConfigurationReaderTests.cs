using EdgeMas.Core.Models;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Tests.Parts;

namespace EdgeMas.Host.Tests.Configuration;

public sealed class ConfigurationReaderTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void The_shipped_rover_is_valid()
    {
        var configuration = ConfigurationReader.Read(Shipped.Rover);

        Assert.Equal(("yard", "rover"), (configuration.Fleet, configuration.Robot));
        Assert.Contains(configuration.World.Places, place => place.Name == "gate");
    }

    [Theory]
    [InlineData("robot: rover", "robott: rover", "robott")]
    [InlineData("max_speed_mps: 1.0", "max_speed_mps: fast", "max_speed_mps")]
    [InlineData("clock: realtime", "clock: yesterday", "clock")]
    [InlineData("control: inside", "control: outside", "control")]
    [InlineData("control: inside", "control: { mode: process, rate_hz: 10 }", "control.rate_hz")]
    public void A_mistake_is_told_with_its_line_and_key(string right, string wrong, string key)
    {
        var lines = File.ReadAllLines(Shipped.Rover);
        var line = Array.FindIndex(lines, text => text.Contains(right, StringComparison.Ordinal));
        lines[line] = lines[line].Replace(right, wrong, StringComparison.Ordinal);
        File.WriteAllLines(_file, lines);

        var error = Assert.Throws<ConfigurationException>(() => ConfigurationReader.Read(_file));

        Assert.Contains(error.Errors, told => told.Line == line + 1 && told.Key.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public void Agents_use_the_model_as_the_file_says_and_each_can_differ()
    {
        WriteRover(
            "{ name: planner, context_tokens: 512, memory_tokens: 2048, speculation: false, agents: 4, state: kept, state_mb: 10, overflow: slide, keep_tokens: 20,"
            + " adapters: [{ name: careful, file: a.gguf, scale: 0.5 }] }",
            "{ planner: { lora: careful }, critic: { overflow: refuse, keep_tokens: 0 } }");

        var configuration = ConfigurationReader.Read(_file);

        var model = configuration.Model;
        Assert.Equal((2048, false, 4, "kept", 10_000_000L), (model.MemoryTokens, model.Speculates, model.Agents, model.StateFolder, model.StateBytes));
        Assert.Equal([new AdapterCard("careful", "a.gguf", 0.5f)], model.Adapters);
        Assert.Equal(new ModelUse("careful", ContextOverflow.Slide, 20), configuration.Agents["planner"].Use);
        Assert.Equal(new ModelUse(null, ContextOverflow.Refuse, 0), configuration.Agents["critic"].Use);
        Assert.Null(configuration.Agents["motor"].Use);
    }

    [Theory]
    [InlineData("{ name: planner, adapters: [{ name: careful, file: a.gguf }] }", "{ planner: { lora: carefull } }", "agents.planner.lora", "did you mean")]
    [InlineData("{ name: planner, lora: careful }", "{}", "model.lora", "not an adapter of the model")]
    [InlineData("{ name: planner, adapters: [{ name: a, file: a.gguf }, { name: a, file: b.gguf }] }", "{}", "model.adapters[1].name", "already")]
    [InlineData("{ name: planner, adapters: [{ name: none, file: a.gguf }] }", "{}", "model.adapters[0].name", "stands for no adapter")]
    [InlineData("{ name: planner, adapters: [{ name: a }] }", "{}", "model.adapters[0]", "'file' is missing")]
    [InlineData("{ name: planner, overflow: spill }", "{}", "model.overflow", "refuse, slide")]
    [InlineData("{ name: planner }", "{ motor: { overflow: slide } }", "agents.motor", "overflow")]
    [InlineData("{ name: planner, state_mb: 5 }", "{}", "model.state_mb", "there is none")]
    [InlineData("{ name: planner, context_tokens: 1024, memory_tokens: 512 }", "{}", "model.memory_tokens", "below context_tokens")]
    [InlineData("{ name: planner, speculation: sometimes }", "{}", "model.speculation", "neither true nor false")]
    public void A_use_that_cannot_be_is_refused_with_its_key(string model, string agents, string key, string reason)
    {
        WriteRover(model, agents);

        var errors = Assert.Throws<ConfigurationException>(() => ConfigurationReader.Read(_file)).Errors;

        Assert.Contains(errors, error => error.Key.StartsWith(key, StringComparison.Ordinal) && error.ToString().Contains(reason, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData('[', 100_000, "nest deeper")]
    [InlineData('a', 2_000_000, "at most")]
    public void A_file_that_is_deep_or_huge_is_refused(char character, int count, string reason)
    {
        File.WriteAllText(_file, $"robot: {new string(character, count)}");

        Assert.Contains(reason, Assert.Throws<ConfigurationException>(() => ConfigurationReader.Read(_file)).Message, StringComparison.Ordinal);
    }

    private void WriteRover(string model, string agents)
    {
        var lines = new List<string> { $"model: {model}", $"agents: {agents}" };
        var replaced = false;
        foreach (var line in File.ReadLines(Shipped.Rover))
        {
            if (line.Length > 0 && char.IsLetter(line[0]))
                replaced = line.StartsWith("model:", StringComparison.Ordinal) || line.StartsWith("agents:", StringComparison.Ordinal);
            if (!replaced)
                lines.Add(line);
        }
        File.WriteAllLines(_file, lines);
    }

    [Fact]
    public void A_device_that_never_ends_is_refused() =>
        Assert.Contains("at most", Assert.Throws<ConfigurationException>(() => ConfigurationReader.Read("/dev/zero")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_control_loop_of_its_own_wants_real_time()
    {
        var text = File.ReadAllText(Shipped.Rover).Replace("control: inside", "control: process", StringComparison.Ordinal);
        File.WriteAllText(_file, text);
        Assert.True(ConfigurationReader.Read(_file).Control.OwnProcess);

        File.WriteAllText(_file, text.Replace("clock: realtime", "clock: 4x", StringComparison.Ordinal));
        Assert.Contains(Assert.Throws<ConfigurationException>(() => ConfigurationReader.Read(_file)).Errors, told => told.Key == "clock");
    }
}
