using System.Text.Json;
using EdgeMas.Control.Flight;
using EdgeMas.Control.Process;
using EdgeMas.Core.Motion;
using EdgeMas.Devices.Quadrotor;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Tests.Robot;

namespace EdgeMas.Host.Tests.Configuration;

public sealed class QuadrotorBodyReaderTests : IDisposable
{
    private const string Shipped = "configs/quadrotor-simboard.yaml";

    private readonly EditedFile _file = new(HostedRobot.ShippedFile(Shipped));

    public void Dispose() => _file.Dispose();

    [Fact]
    public void The_shipped_quadrotor_of_chips_is_wired_by_the_boards_pins()
    {
        var robot = ConfigurationReader.Read(HostedRobot.ShippedFile(Shipped));
        var wiring = robot.QuadrotorBody!.Wiring;

        Assert.True(robot.HasDevices);
        Assert.Null(robot.Body);
        Assert.Equal(new RotorsWiring(0, 0x40, 0, 1, 2, 3) { ArmingTime = TimeSpan.FromMilliseconds(500) }, wiring.Rotors);
        Assert.Equal((17, 27), (wiring.OutputEnableLine, wiring.StopLine!.Line));
        Assert.Equal((new InertialWiring(0, 0x68), new HeightWiring(0, 0x29, 0.06)), (wiring.Imu, wiring.Height));
        Assert.Equal(("/dev/ttyS1", 38_400), (wiring.Satellites.Receiver.Path, wiring.Satellites.Receiver.Settings!.Baud));
        Assert.Equal(new BatteryWiring(0, 0x41, 0.01, 30, 13.2, 16.4), wiring.Battery);
        Assert.Equal((new Vector3D(4, 8, 0), 0.0), (wiring.Start, wiring.StartYaw));
    }

    [Fact]
    public void The_frames_figures_are_those_of_the_simulated_one()
    {
        var robot = ConfigurationReader.Read(HostedRobot.ShippedFile(Shipped));
        var (geometry, simulated) = (robot.QuadrotorBody!.Wiring.Geometry, ConfigurationReader.Read(HostedRobot.ShippedFile("configs/quadrotor-sim.yaml")).Quadrotor!.Body);

        Assert.Equal((simulated.MassKg, simulated.ArmLengthM), (geometry.Mass, geometry.ArmLength));
        Assert.Equal(simulated.MaxRotorSpeedRadPerS, geometry.MaxRotorSpeed, 0.1);
        Assert.Equal(simulated.ThrustFactorNPerRad2, geometry.ThrustFactor, 1e-8);
        Assert.Equal(simulated.TorqueFactorNmPerRad2, geometry.TorqueFactor, 1e-9);
        Assert.Equal(robot.Quadrotor!.Body.ThrustFactorNPerRad2, geometry.ThrustFactor);
    }

    [Fact]
    public void A_turned_sensor_other_pulses_and_another_bearing_are_read()
    {
        var wiring = _file.Read(("turned_deg: 0", "turned_deg: 270, upside_down: true"), ("pulse_us: [1000, 2000]", "pulse_us: [1100, 1900]"), ("channels: [0, 1, 2, 3]", "channels: [9, 8, 10, 11]"), ("x_axis_deg: 90", "x_axis_deg: 0")).QuadrotorBody!.Wiring;

        Assert.Equal((3, true), (wiring.Imu.QuarterTurns, wiring.Imu.UpsideDown));
        Assert.Equal((9, 8, 10, 11), (wiring.Rotors.FrontLeft, wiring.Rotors.FrontRight, wiring.Rotors.BackLeft, wiring.Rotors.BackRight));
        Assert.Equal((TimeSpan.FromMicroseconds(1100), TimeSpan.FromMicroseconds(1900)), (wiring.Rotors.ShortestPulse, wiring.Rotors.LongestPulse));
        Assert.Equal(0, wiring.Satellites.XAxisBearing);
    }

    [Theory]
    [InlineData("", "Usual", null)]
    [InlineData("mode: inside, ", "Inside", null)]
    [InlineData("mode: process, kernel_watchdog_s: 15, ", "Process", 15)]
    public void Rotors_may_be_driven_by_a_process_of_its_own(string mode, string place, int? watchdog) => _file.ExpectControl(mode, place, watchdog);

    [Fact]
    public void Limits_and_mounting_reach_the_process_that_drives_it_as_they_were()
    {
        var robot = ConfigurationReader.Read(HostedRobot.ShippedFile(Shipped));
        var (quadrotor, body) = (robot.Quadrotor!, robot.QuadrotorBody!);
        var sent = new CoreSettings { RateHz = 200, Quadrotor = new QuadrotorSettings(quadrotor.Limits with { Vehicle = quadrotor.Limits.Vehicle with { HostPatience = TimeSpan.FromMilliseconds(200) } }, quadrotor.Options), Wiring = body.Mounting.ToJson() };

        var read = CoreSettings.Parse(sent.ToUtf8());
        var mounting = QuadrotorMounting.Parse(read.Wiring!.Value);

        Assert.Equal(sent.ToUtf8(), read.ToUtf8());
        Assert.Equal(body.Wiring, mounting.Wiring);
        Assert.Equal((body.I2cBuses[0].Node, body.Board.GpioChip), (mounting.I2cBuses[0].Node, mounting.GpioLabel));
    }

    [Theory]
    [InlineData("\"FrontRight\":1", "\"FrontRight\":7", "four neighbouring outputs")]
    [InlineData("\"I2cBus\":0", "\"I2cBus\":3", "none of the 1 listed")]
    [InlineData("\"GpioLabel\"", "\"GpioLable\"", "GpioLable")]
    [InlineData("\"UpsideDown\":false", "\"UpsideDown\":null", "UpsideDown")]
    [InlineData(",\"CommandTimeout\":\"00:00:00.2500000\"", "", "$.Wiring.CommandTimeout is missing")] // which would be zero
    [InlineData("\"Receiver\":{", "\"Receiver\":null,\"XAxisBearing\":{", "Receiver")]
    public void A_mounting_that_cannot_be_is_refused(string right, string wrong, string words)
    {
        var json = ConfigurationReader.Read(HostedRobot.ShippedFile(Shipped)).QuadrotorBody!.Mounting.ToJson().GetRawText();
        Assert.Contains(right, json);

        var error = Assert.Throws<JsonException>(() => QuadrotorMounting.Parse(JsonDocument.Parse(json.Replace(right, wrong, StringComparison.Ordinal)).RootElement));

        Assert.Contains(words, error.Message);
    }

    [Fact]
    public void A_quadrotor_that_says_nothing_of_its_body_is_simulated()
    {
        var robot = ConfigurationReader.Read(HostedRobot.ShippedFile("configs/quadrotor-sim.yaml"));

        Assert.Null(robot.QuadrotorBody);
        Assert.False(robot.HasDevices);
    }

    [Theory]
    [InlineData(", output_enable: GPIO17", "", "body.pca9685.output_enable", "nothing else stops the rotors")]
    [InlineData("channels: [0, 1, 2, 3]", "channels: [0, 1, 2, 4]", "body.escs.channels", "four in a row")]
    [InlineData("channels: [0, 1, 2, 3]", "channels: [0, 1, 2, 2]", "body.escs.channels", "four in a row")]
    [InlineData("channels: [0, 1, 2, 3]", "channels: [0, 1, 2]", "body.escs.channels", "front left")]
    [InlineData("pulse_us: [1000, 2000]", "pulse_us: [2000, 1000]", "body.escs.pulse_us", "must grow")]
    [InlineData("pulse_us: [1000, 2000]", "pulse_us: [1000, 2500]", "body.escs.pulse_us", "shorter than the period, 2500")]
    [InlineData("max_thrust_n: 8.91", "max_thrust_n: 4", "body.frame.max_thrust_n", "1.3 times the weight")]
    [InlineData("turned_deg: 0", "turned_deg: 45", "body.imu.turned_deg", "0, 90, 180, 270")]
    [InlineData("address: 0x41", "address: 0x40", "body.battery.address", "already")]
    [InlineData("max_amperes: 30", "max_amperes: 40", "body.battery.max_amperes", "0.32 V")]
    [InlineData("full_v: 16.4", "full_v: 12", "body.battery.full_v", "no more than empty_v")]
    [InlineData("  imu: {", "  imo: {", "body.imu", "is missing")]
    [InlineData("  gnss: { bus: serial,", "  gnss: { bus: uart7,", "body.gnss.bus", "it has serial")]
    [InlineData("output_enable: GPIO17", "output_enable: GPIO14", "body.gnss.bus", "already")] // TXD
    [InlineData("rate_hz: 200", "rate_hz: 50", "control.rate_hz", "too slow for a quadrotor")]
    [InlineData("clock: realtime", "clock: fast", "clock", "real time")]
    [InlineData("  mass_kg: 1.5", "  mass_kg: 1.5\n  wind_mps: [1, 0]", "quadrotor.wind_mps", "simulated")]
    [InlineData("  height: {", "  wheel_radius_m: 0.1\n  height: {", "body.wheel_radius_m", "unknown key")]
    public void A_mistake_is_told_with_its_key_and_its_mend(string right, string wrong, string key, string words) => _file.ExpectMistake(right, wrong, key, words);
}
