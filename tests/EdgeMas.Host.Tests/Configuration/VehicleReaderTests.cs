using EdgeMas.Control.Flight;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Robot;
using EdgeMas.Host.Tests.Robot;

namespace EdgeMas.Host.Tests.Configuration;

public sealed class VehicleReaderTests : IDisposable
{
    private const string Flying = "configs/quadrotor-sim.yaml";
    private const string Reaching = "configs/arm-sim.yaml";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void The_shipped_quadrotor_and_arm_are_valid_and_offer_their_own_skills()
    {
        var hawk = ConfigurationReader.Read(HostedRobot.ShippedFile(Flying));
        Assert.Equal((FlightStop.Land, 10.0, 4), (hawk.Quadrotor!.Options.EStop, hawk.Quadrotor.Limits.Ceiling, hawk.Quadrotor.Limits.Geofence.Count));
        Assert.Equal(["take_off", "land", "fly_to", "goto", "stop", "wait", "battery"], Vocabulary.Of(hawk).Skills.Select(skill => skill.Name));

        var arm = ConfigurationReader.Read(HostedRobot.ShippedFile(Reaching));
        Assert.Equal((4, 4), (arm.Arm!.Limits.Joints.Count, arm.Arm.Servos.Count));
        Assert.Equal(["move_joints", "reach", "stop", "wait"], Vocabulary.Of(arm).Skills.Select(skill => skill.Name));
    }

    [Theory]
    [InlineData(Flying, "kind: quadrotor", "kind: helicopter", "kind")]
    [InlineData(Flying, "max_tilt_deg: 25", "max_tilt_deg: 80", "quadrotor.max_tilt_deg")]
    [InlineData(Flying, "cruise_speed_mps: 2", "cruise_speed_mps: 4", "quadrotor.cruise_speed_mps")]
    [InlineData(Flying, "estop: land", "estop: fall", "quadrotor.estop")]
    [InlineData(Flying, "gust_mps: 0.5", "gusts: 0.5", "quadrotor.gusts")]
    [InlineData(Flying, "ceiling_m: 10", "ceiling_m: 1", "quadrotor.ceiling_m")]
    [InlineData(Reaching, "range_deg: [-160, 160]", "range_deg: [160, -160]", "arm.joints")]
    [InlineData(Reaching, "start_deg: 60", "start_deg: 160", "arm.joints[1].start_deg")]
    [InlineData(Reaching, "alpha_deg: 90", "alfa_deg: 90", "arm.joints[0].alfa_deg")]
    public void A_mistake_is_told_with_its_line_and_key(string shipped, string right, string wrong, string key)
    {
        var text = File.ReadAllText(HostedRobot.ShippedFile(shipped));
        Assert.Contains(right, text, StringComparison.Ordinal);
        File.WriteAllText(_file, text.Replace(right, wrong, StringComparison.Ordinal));

        var error = Assert.Throws<ConfigurationException>(() => ConfigurationReader.Read(_file));

        Assert.Contains(error.Errors, told => told.Key.StartsWith(key, StringComparison.Ordinal) && told.Line > 1);
    }

    [Theory]
    [InlineData("envelope: { max_speed_mps: 1 }", "envelope")]
    [InlineData("control: { mode: process, rate_hz: 100 }", "control.rate_hz")]
    [InlineData("control: { mode: process, kernel_watchdog_s: 15 }", "control.kernel_watchdog_s")]
    public void What_a_quadrotor_cannot_have_is_refused(string line, string key)
    {
        File.WriteAllText(_file, $"{WithoutControl(Flying)}\n{line}\n");

        Assert.Contains(Assert.Throws<ConfigurationException>(() => ConfigurationReader.Read(_file)).Errors, told => told.Key == key);
    }

    [Theory]
    [InlineData(Flying, "control: process", 250)]
    [InlineData(Flying, "control: { mode: process, rate_hz: 500 }", 500)]
    [InlineData(Reaching, "control: process", 100)]
    public void Its_control_loop_may_be_a_process_of_its_own(string shipped, string line, int rateHz)
    {
        File.WriteAllText(_file, $"{WithoutControl(shipped)}\n{line}\n");

        var control = ConfigurationReader.Read(_file).Control;

        Assert.Equal((true, rateHz), (control.OwnProcess, control.RateHz));
    }

    [Fact]
    public void A_quadrotor_without_its_part_of_the_file_is_refused()
    {
        File.WriteAllText(_file, "fleet: a\nrobot: b\nkind: arm\n");

        Assert.Contains(Assert.Throws<ConfigurationException>(() => ConfigurationReader.Read(_file)).Errors, told => told.Key == "arm");
    }

    private static string WithoutControl(string shipped) =>
        string.Join('\n', File.ReadLines(HostedRobot.ShippedFile(shipped)).Where(line => !line.StartsWith("control:", StringComparison.Ordinal)));
}
