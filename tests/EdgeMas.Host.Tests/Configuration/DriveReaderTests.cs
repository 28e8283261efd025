using EdgeMas.Core.Motion;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Robot;
using EdgeMas.Host.Tests.Robot;

namespace EdgeMas.Host.Tests.Configuration;

/// <summary>What the simulated rover drives on, as its file tells it.</summary>
public sealed class DriveReaderTests : IDisposable
{
    private const string Mecanum = "configs/mecanum-sim.yaml";
    private const string Ackermann = "configs/ackermann-sim.yaml";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void The_shipped_rovers_are_valid_and_offer_what_their_wheels_can()
    {
        var crab = ConfigurationReader.Read(HostedRobot.ShippedFile(Mecanum));
        Assert.Equal(new WheeledGeometry(DriveKind.Mecanum, 0.08, 0.36, 0.4), crab.World.Rover.Geometry);
        Assert.Equal((0.4, 25.0, 60.0), (ConfiguredLimits.Of(crab).MaxSideSpeed, ConfiguredLimits.Of(crab).MaxWheelSpeed, ConfiguredLimits.Of(crab).MaxWheelAcceleration));
        Assert.Contains(Vocabulary.Of(crab).Skills, skill => skill.Name == "strafe");

        var buggy = ConfigurationReader.Read(HostedRobot.ShippedFile(Ackermann));
        Assert.Equal((DriveKind.Ackermann, 0.4, 30.0), (buggy.World.Rover.Drive, buggy.World.Rover.WheelBaseM, Math.Round(buggy.World.Rover.MaxSteeringRad * 180 / Math.PI, 6)));
        Assert.Equal(buggy.World.Rover.MaxSteeringRad, ConfiguredLimits.Of(buggy).MaxSteering);
        Assert.DoesNotContain(Vocabulary.Of(buggy).Skills, skill => skill.Name == "strafe");
        Assert.DoesNotContain("on the spot", Vocabulary.Of(buggy).Skills.Single(skill => skill.Name == "turn").Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mecanum", DriveKind.Mecanum)]
    [InlineData("ackermann", DriveKind.Ackermann)]
    [InlineData("differential", DriveKind.Differential)]
    public void One_word_is_enough(string word, DriveKind kind)
    {
        File.WriteAllText(_file, $"fleet: a\nrobot: b\nworld:\n  rover: {{ drive: {word} }}\n");

        Assert.Equal(kind, ConfigurationReader.Read(_file).World.Rover.Drive);
    }

    [Fact]
    public void A_file_that_says_nothing_has_two_wheels()
    {
        File.WriteAllText(_file, "fleet: a\nrobot: b\n");

        Assert.Equal(DriveKind.Differential, ConfigurationReader.Read(_file).World.Rover.Drive);
    }

    [Theory]
    [InlineData(Mecanum, "kind: mecanum", "kind: mecanun", "world.rover.drive.kind", "did you mean 'mecanum'?")]
    [InlineData(Mecanum, "kind: mecanum", "kind: differential", "world.rover.drive.wheelbase_m", "two wheels on one axle have none")]
    [InlineData(Mecanum, "wheelbase_m: 0.4", "wheelbase_m: 0", "world.rover.drive.wheelbase_m", "out of range")]
    [InlineData(Mecanum, "wheelbase_m: 0.4", "wheel_base_m: 0.4", "world.rover.drive.wheel_base_m", "unknown key")]
    [InlineData(Mecanum, "track_m: 0.36", "max_steering_deg: 20", "world.rover.drive.max_steering_deg", "nothing steers here")]
    [InlineData(Mecanum, "max_speed_mps: 1.0", "max_speed_mps: 2.0", "world.rover.drive", "a wheel may do 25")]
    [InlineData(Mecanum, "max_wheel_acceleration_radps2: 60", "max_wheel_acceleration_radps2: 20", "world.rover.drive", "lower what the base may do")]
    [InlineData(Mecanum, "robot: crab", "robot: crab\nbody: { kind: devices }", "body", "")]
    [InlineData(Ackermann, "max_steering_deg: 30", "max_steering_deg: 95", "world.rover.drive.max_steering_deg", "out of range")]
    [InlineData(Ackermann, "max_steering_rate_dps: 90", "max_steering_rate_dps: fast", "world.rover.drive.max_steering_rate_dps", "is not a number")]
    public void A_mistake_is_told_with_its_line_key_and_mend(string shipped, string right, string wrong, string key, string told)
    {
        var text = File.ReadAllText(HostedRobot.ShippedFile(shipped));
        Assert.Contains(right, text, StringComparison.Ordinal);
        File.WriteAllText(_file, text.Replace(right, wrong, StringComparison.Ordinal));

        var error = Assert.Throws<ConfigurationException>(() => ConfigurationReader.Read(_file));

        Assert.Contains(error.Errors, each => each.Key.StartsWith(key, StringComparison.Ordinal) && each.Line > 1 && each.Problem.Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public void A_body_of_devices_has_two_wheels()
    {
        var text = File.ReadAllText(Parts.Shipped.DeviceRover);
        Assert.Contains("\nworld:\n", text, StringComparison.Ordinal);
        File.WriteAllText(_file, text.Replace("\nworld:\n", "\nworld:\n  rover: { drive: mecanum }\n", StringComparison.Ordinal));

        var error = Assert.Throws<ConfigurationException>(() => ConfigurationReader.Read(_file));

        Assert.Contains(error.Errors, each => each.Key == "world.rover.drive" && each.Problem.Contains("a body of devices has a differential drive", StringComparison.Ordinal));
    }
}
