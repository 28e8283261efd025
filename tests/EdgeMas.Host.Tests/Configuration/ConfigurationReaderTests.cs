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

    [Theory]
    [InlineData('[', 100_000, "nest deeper")]
    [InlineData('a', 2_000_000, "at most")]
    public void A_file_that_is_deep_or_huge_is_refused(char character, int count, string reason)
    {
        File.WriteAllText(_file, $"robot: {new string(character, count)}");

        Assert.Contains(reason, Assert.Throws<ConfigurationException>(() => ConfigurationReader.Read(_file)).Message, StringComparison.Ordinal);
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
