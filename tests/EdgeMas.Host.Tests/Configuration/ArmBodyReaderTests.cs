using EdgeMas.Control.Process;
using EdgeMas.Devices.Arm;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Tests.Robot;

namespace EdgeMas.Host.Tests.Configuration;

public sealed class ArmBodyReaderTests : IDisposable
{
    private const string Shipped = "configs/arm-simboard.yaml";
    private const double Degree = Math.PI / 180;

    private readonly EditedFile _file = new(HostedRobot.ShippedFile(Shipped));

    public void Dispose() => _file.Dispose();

    [Fact]
    public void The_shipped_arm_of_servos_is_wired_by_the_boards_pins()
    {
        var arm = ConfigurationReader.Read(HostedRobot.ShippedFile(Shipped));
        var wiring = arm.ArmBody!.Wiring;

        Assert.True(arm.HasDevices);
        Assert.Null(arm.Body);
        Assert.Equal(("simboard", "i2c-0"), (arm.ArmBody.Board.Name, arm.ArmBody.I2cBus.Name));
        Assert.Equal((0x40, 50.0, 25e6, 17, 27, ArmStop.Release), (wiring.Address, wiring.FrequencyHertz, wiring.ClockHertz, wiring.OutputEnableLine, wiring.StopLine!.Line, wiring.EmergencyStop));
        Assert.Equal([0, 1, 2, 4], wiring.Joints.Select(joint => joint.Channel));
        Assert.Equal([false, false, true, false], wiring.Joints.Select(joint => joint.Reversed));
        Assert.Equal((TimeSpan.FromMicroseconds(700), TimeSpan.FromMicroseconds(2200)), (wiring.Joints[1].ShortestPulse, wiring.Joints[1].LongestPulse));
    }

    [Fact]
    public void A_servo_has_its_joints_range_and_start()
    {
        var arm = ConfigurationReader.Read(HostedRobot.ShippedFile(Shipped));

        Assert.Equal(arm.Arm!.Limits.Joints.Select(joint => (joint.Least, joint.Most)), arm.ArmBody!.Wiring.Joints.Select(servo => (servo.LeastAngle, servo.MostAngle)));
        Assert.Equal([0, 60 * Degree, -60 * Degree, -60 * Degree], arm.ArmBody.Wiring.Joints.Select(servo => servo.StartAngle));
    }

    [Fact]
    public void A_chip_that_is_silent_for_a_few_periods_is_not_given_up() =>
        Assert.True(ConfigurationReader.Read(HostedRobot.ShippedFile(Shipped)).Arm!.Limits.Vehicle.ReadingPatience >= TimeSpan.FromMilliseconds(60));

    [Fact]
    public void Other_settings_of_the_chip_and_another_stop_are_read()
    {
        var wiring = _file.Read(("pca9685: { bus: i2c-0, address: 0x40, frequency_hz: 50, output_enable: GPIO17 }", "pca9685: { address: 0x41, frequency_hz: 200, clock_hz: 26100000 }"), ("estop: release", "estop: hold"), ("  stop_button: { pin: GPIO27, stops_when: high }", "")).ArmBody!.Wiring;

        Assert.Equal((0x41, 200.0, 26.1e6, ArmStop.Hold), (wiring.Address, wiring.FrequencyHertz, wiring.ClockHertz, wiring.EmergencyStop));
        Assert.Null(wiring.OutputEnableLine);
        Assert.Null(wiring.StopLine);
    }

    [Fact]
    public void An_arm_that_says_nothing_of_its_body_is_simulated()
    {
        var arm = ConfigurationReader.Read(HostedRobot.ShippedFile("configs/arm-sim.yaml"));

        Assert.Null(arm.ArmBody);
        Assert.False(arm.HasDevices);
    }

    [Theory]
    [InlineData("channel: 1,", "channel: 0,", "body.joints[1].channel", "0 is joint 1's already")]
    [InlineData("channel: 1,", "channel: 16,", "body.joints[1].channel", "out of range")]
    [InlineData("channel: 1, ", "", "body.joints[1].channel", "is missing")]
    [InlineData("pulse_us: [700, 2200]", "pulse_us: [2200, 700]", "body.joints[1].pulse_us", "write reversed: true")]
    [InlineData("pulse_us: [700, 2200]", "pulse_us: [700]", "body.joints[1].pulse_us", "[shortest, longest]")]
    [InlineData("pulse_us: [700, 2200]", "pulse_us: [100, 2200]", "body.joints[1].pulse_us", "200 to 3000")]
    [InlineData(", pulse_us: [700, 2200]", "", "body.joints[1]", "'pulse_us' is missing")]
    [InlineData("frequency_hz: 50", "frequency_hz: 430", "body.pca9685.frequency_hz", "40 to 400")]
    [InlineData("pulse_us: [900, 2100] }", "pulse_us: [900, 2100], reverse: true }", "body.joints[3].reverse", "did you mean 'reversed'")]
    [InlineData("    - { channel: 4, pulse_us: [900, 2100] }", "", "body.joints", "3 servos for 4 joints")]
    [InlineData("address: 0x40", "address: 0x30", "body.pca9685.address", "below 0x40")]
    [InlineData("address: 0x40", "address: 0x90", "body.pca9685.address", "no I2C address")]
    [InlineData("bus: i2c-0", "bus: i2c-7", "body.pca9685.bus", "it has i2c-0")]
    [InlineData("output_enable: GPIO17", "output_enable: GPIO27", "body.stop_button.pin", "already")]
    [InlineData("output_enable: GPIO17", "output_enable: GPIO2", "body.pca9685.output_enable", "already")] // SDA
    [InlineData("output_enable: GPIO17", "output_enable: GPIO99", "body.pca9685.output_enable", "no pin 'GPIO99'")]
    [InlineData("  pca9685: {", "  pca9658: {", "body.pca9685", "is missing")]
    [InlineData("estop: release", "estop: cut", "body.estop", "release, hold")]
    [InlineData("board: simboard", "board: simbord", "body.board", "did you mean 'simboard'?")]
    [InlineData("clock: realtime", "clock: fast", "clock", "real time")]
    [InlineData("control: { ", "control: { mode: inside, kernel_watchdog_s: 15, ", "control.kernel_watchdog_s", "mode: process")]
    [InlineData("estop: release", "wheel_radius_m: 0.1", "body.wheel_radius_m", "unknown key")]
    public void A_mistake_is_told_with_its_key_and_its_mend(string right, string wrong, string key, string words) => _file.ExpectMistake(right, wrong, key, words);

    [Theory]
    [InlineData("", "Usual", null)]
    [InlineData("mode: inside, ", "Inside", null)]
    [InlineData("mode: process, kernel_watchdog_s: 15, ", "Process", 15)]
    public void Servos_may_be_driven_by_a_process_of_its_own(string mode, string place, int? watchdog) => _file.ExpectControl(mode, place, watchdog);

    [Fact]
    public void Limits_and_mounting_reach_the_process_that_drives_it_as_they_were()
    {
        var arm = ConfigurationReader.Read(HostedRobot.ShippedFile(Shipped));
        var limits = arm.Arm!.Limits with { Vehicle = arm.Arm.Limits.Vehicle with { HostPatience = TimeSpan.FromMilliseconds(200) } };
        var sent = new CoreSettings { Arm = limits, Wiring = arm.ArmBody!.Mounting.ToJson() };

        var read = CoreSettings.Parse(sent.ToUtf8());
        var mounting = ArmMounting.Parse(read.Wiring!.Value);

        Assert.Equal(sent.ToUtf8(), read.ToUtf8());
        Assert.Equal(limits.Joints, read.Arm!.Joints);
        Assert.Equal(limits.Vehicle, read.Arm.Vehicle);
        Assert.Equal(arm.ArmBody.Wiring.Joints, mounting.Wiring.Joints);
        Assert.Equal(arm.ArmBody.Wiring with { Joints = [] }, mounting.Wiring with { Joints = [] });
        Assert.Equal((arm.ArmBody.I2cBus.Node, arm.ArmBody.Board.GpioChip), (mounting.I2cBus.Node, mounting.GpioLabel));
    }

    [Fact]
    public void A_pulse_that_is_longer_than_the_period_is_told()
    {
        Assert.Contains("joints[1].pulse_us: 2600 is no shorter than the period, 2500", Assert.Throws<ConfigurationException>(() => _file.Read(("frequency_hz: 50", "frequency_hz: 400"), ("pulse_us: [700, 2200]", "pulse_us: [700, 2600]"))).Message, StringComparison.Ordinal);
    }
}
