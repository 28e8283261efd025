using EdgeMas.Control.Process;
using EdgeMas.Devices.Chips.HBridge;
using EdgeMas.Devices.Rover;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Tests.Parts;

namespace EdgeMas.Host.Tests.Configuration;

public sealed class BodyReaderTests : IDisposable
{
    private readonly EditedFile _file = new(Shipped.DeviceRover);

    public void Dispose() => _file.Dispose();

    [Fact]
    public void The_shipped_rover_of_chips_is_wired_by_the_boards_pins()
    {
        var body = ConfigurationReader.Read(Shipped.DeviceRover).Body!;

        Assert.Equal("simboard", body.Board.Name);
        Assert.Equal((16, 17, 0, 20, 21), (body.Wiring.Left.In1, body.Wiring.Left.In2, body.Wiring.Left.PwmChannel, body.Wiring.Left.EncoderA, body.Wiring.Left.EncoderB));
        Assert.Equal(190 * 2 * Math.PI / 60, body.Wiring.Right.NoLoadRadiansPerSecond, 1e-9);
        Assert.Equal((HBridgeKind.Tb6612, 24, 0x68), (body.Wiring.Bridge, body.Wiring.StandbyLine, body.Wiring.Imu!.Address));
        Assert.IsType<Vl53l0xWiring>(body.Wiring.RangeFinder);
        Assert.True(body.Wiring.StopLine!.StopsWhenHigh);
    }

    [Fact]
    public void A_robot_that_says_nothing_of_its_body_is_simulated() => Assert.Null(ConfigurationReader.Read(Shipped.Rover).Body);

    [Theory]
    [InlineData("in1: GPIO22", "in1: GPIO16", "body.right.in1", "header pin 36 is body.left.in1 already")]
    [InlineData("in1: GPIO22", "in1: GPIO99", "body.right.in1", "no pin 'GPIO99'")]
    [InlineData("in1: GPIO22", "in1: 33", "body.right.in1", "header pin 33 is")] // a PWM channel's
    [InlineData("in1: GPIO16", "in1: GPIO3", "", "body.left.in1 already")] // SCL
    [InlineData("pwm_channel: 1", "pwm_channel: 0", "body.right.pwm_channel", "already")]
    [InlineData("pwm_channel: 1", "pwm_channel: 9", "body.right.pwm_channel", "channels 0 to 3")]
    [InlineData("counts_per_turn: 120, no_load_rpm: 190 }", "no_load_rpm: 190 }", "body.left.counts_per_turn", "is missing")]
    [InlineData("encoder: [GPIO20, GPIO21]", "encoder: [GPIO20]", "body.left.encoder", "expected 2 pins")]
    [InlineData("board: simboard", "board: simbord", "body.board", "did you mean 'simboard'?")]
    [InlineData("address: 0x68", "address: 0xD0", "body.imu.address", "no I2C address")]
    [InlineData("chip: vl53l0x, bus: i2c-0", "chip: vl53l0x, bus: i2c-7", "body.range_finder.bus", "no i2c bus 'i2c-7'; it has i2c-0")]
    [InlineData("chip: mpu6050", "chip: mpu9999", "body.imu.chip", "write one of mpu6050")]
    [InlineData("stops_when: high", "stop_when: high", "body.stop_button.stop_when", "unknown key")]
    [InlineData("clock: realtime", "clock: fast", "clock", "real time")]
    [InlineData("control: { ", "control: { kernel_watchdog_s: 15, ", "control.kernel_watchdog_s", "mode: process")]
    [InlineData("control: { ", "control: { mode: process, kernel_watchdog_s: 0, ", "control.kernel_watchdog_s", "1")]
    public void A_mistake_is_told_with_its_key_and_its_mend(string right, string wrong, string key, string words) => _file.ExpectMistake(right, wrong, key, words);

    [Theory]
    [InlineData("", "Usual", null)]
    [InlineData("mode: inside, ", "Inside", null)]
    [InlineData("mode: process, ", "Process", null)]
    [InlineData("mode: process, kernel_watchdog_s: 15, ", "Process", 15)]
    public void Chips_may_be_driven_by_a_process_of_its_own(string mode, string place, int? watchdog) => _file.ExpectControl(mode, place, watchdog);

    [Fact]
    public void The_wiring_reaches_the_process_that_drives_it_as_it_was()
    {
        var wiring = ConfigurationReader.Read(Shipped.DeviceRover).Body!.Wiring;
        foreach (var sent in new[] { wiring, wiring with { RangeFinder = new HcSr04Wiring(10, 9), Imu = null, Pwm = new PwmWiring(0, 1000, 1, 0x41), StopLine = null } })
        {
            var settings = new CoreSettings { Wiring = sent.ToJson(), KernelWatchdogSeconds = 15 };

            var read = CoreSettings.Parse(settings.ToUtf8());

            Assert.Equal(sent, RoverWiring.Parse(read.Wiring!.Value));
            Assert.Equal(settings.ToUtf8(), read.ToUtf8()); // by which a host knows what a core runs under
        }
    }

    [Fact]
    public void A_pca9685_and_an_ultrasonic_finder_are_wired_too()
    {
        var wiring = _file.Read(
            ("pwm: { chip: board, bus: pwm, frequency_hz: 20000 }", "pwm: { chip: pca9685, address: 0x41, frequency_hz: 1000 }"),
            ("range_finder: { chip: vl53l0x, bus: i2c-0 }", "range_finder: { chip: hcsr04, trigger: GPIO10, echo: 21 }")).Body!.Wiring;

        Assert.Equal((0x41, 1000), (wiring.Pwm.Pca9685Address, wiring.Pwm.FrequencyHertz));
        Assert.Equal(new HcSr04Wiring(10, 9), wiring.RangeFinder);
    }
}
