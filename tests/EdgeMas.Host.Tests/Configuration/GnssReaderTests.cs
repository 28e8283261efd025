using EdgeMas.Host.Configuration;
using EdgeMas.Host.Tests.Parts;

namespace EdgeMas.Host.Tests.Configuration;

public sealed class GnssReaderTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_port_is_a_serial_bus_of_the_body_s_board_with_its_advice()
    {
        var gnss = Read(Shipped.DeviceRover, "gnss: { port: serial, baud: 38400, talker: GN, max_age_ms: 1500 }").Gnss!;

        Assert.Equal(("/dev/ttyS1", 38_400, "GN", TimeSpan.FromSeconds(1.5)), (gnss.Wiring.Path, gnss.Wiring.Settings!.Baud, gnss.Wiring.Talker, gnss.Wiring.MaxAge));
        Assert.Contains("ttyS2", gnss.Wiring.Enable, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_is_a_path_which_a_simulated_body_can_have_too()
    {
        var gnss = Read(Shipped.Rover, "gnss: { port: /dev/serial/by-id/usb-u-blox }", clock: "realtime").Gnss!;

        Assert.Equal(("/dev/serial/by-id/usb-u-blox", 9600, null, null), (gnss.Wiring.Path, gnss.Wiring.Settings!.Baud, gnss.Wiring.Talker, gnss.Wiring.Enable));
    }

    [Fact]
    public void A_robot_that_says_nothing_of_it_has_none() => Assert.Null(ConfigurationReader.Read(Shipped.DeviceRover).Gnss);

    [Theory]
    [InlineData("gnss: { baud: 9600 }", "gnss", "'port' is missing: write port: serial")]
    [InlineData("gnss: { port: i2c-0 }", "gnss.port", "or a serial bus of simulated board: serial")]
    [InlineData("gnss: { port: /tmp/x }", "gnss.port", "is no port: write a path such as")]
    [InlineData("gnss: { port: serial, baud: fast }", "gnss.baud", "is not a number")]
    [InlineData("gnss: { port: serial, baud: 10 }", "gnss.baud", "write 50 to 4000000")]
    [InlineData("gnss: { port: serial, talker: gps }", "gnss.talker", "write GP for GPS alone")]
    [InlineData("gnss: { port: serial, rate: 9600 }", "gnss.rate", "unknown key")]
    public void A_mistake_is_told_with_its_key_and_its_mend(string line, string key, string words)
    {
        var error = Assert.Throws<ConfigurationException>(() => Read(Shipped.DeviceRover, line));

        Assert.Contains(error.Errors, told => told.Key == key && told.Problem.Contains(words, StringComparison.OrdinalIgnoreCase) && told.Line > 0);
    }

    [Fact]
    public void A_pin_has_one_use()
    {
        File.WriteAllText(_file, $"{File.ReadAllText(Shipped.DeviceRover).Replace("stop_button: { pin: GPIO27", "stop_button: { pin: GPIO15", StringComparison.Ordinal)}\ngnss: {{ port: serial }}\n");

        var error = Assert.Throws<ConfigurationException>(() => ConfigurationReader.Read(_file));

        Assert.Contains(error.Errors, told => told.Key == "gnss.port" && told.Problem == "header pin 10 is body.stop_button.pin already: a pin has one use");
    }

    [Fact]
    public void A_receiver_and_a_virtual_clock_do_not_go_together() =>
        Assert.Contains(
            Assert.Throws<ConfigurationException>(() => Read(Shipped.Rover, "gnss: { port: /dev/serial0 }", clock: "fast")).Errors,
            told => told.Key == "clock" && told.Problem.Contains("clock: realtime", StringComparison.Ordinal));

    private RobotConfiguration Read(string robot, string line, string? clock = null)
    {
        var lines = File.ReadAllLines(robot).Where(text => clock is null || !text.StartsWith("clock:", StringComparison.Ordinal)).Append(line);
        File.WriteAllLines(_file, clock is null ? lines : lines.Append($"clock: {clock}"));
        return ConfigurationReader.Read(_file);
    }
}
