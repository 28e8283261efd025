using EdgeMas.Devices.Chips.Pca9685;
using EdgeMas.Devices.Chips.Servo;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Devices.Tests.Chips;

public sealed class ServoTests
{
    private readonly RecordedPins _pins = new(1);

    public ServoTests() => _pins.Pwm.Frequency = 50;

    [Fact]
    public void It_gets_no_pulse_before_its_first_angle()
    {
        using var servo = new Servo(_pins.Pwm);
        Assert.Empty(_pins.Take());

        servo.SetDegrees(0);

        Assert.Equal(["duty 0.075", "start"], _pins.Take()); // 1.5 of 20 ms
    }

    [Theory]
    [InlineData(-90, 0.025)]
    [InlineData(0, 0.075)]
    [InlineData(90, 0.125)]
    [InlineData(45, 0.1)]
    public void An_angle_is_a_pulse_between_the_ends_given(double degrees, double duty)
    {
        using var servo = new Servo(_pins.Pwm, -90, 90, TimeSpan.FromMilliseconds(0.5), TimeSpan.FromMilliseconds(2.5));

        servo.SetDegrees(degrees);

        Assert.Equal(duty, _pins.Pwm.DutyCycle, 1e-12);
        Assert.Equal(degrees, servo.Degrees);
    }

    [Fact]
    public void On_a_PCA9685_it_gets_the_same_pulse_and_the_chip_outlives_it()
    {
        var chip = new SimulatedPca9685();
        using var board = new Pca9685(new RecordedI2c(Pca9685.DefaultAddress, chip));
        using (var servo = new Servo(board.OpenChannel(3)))
        {
            servo.SetDegrees(45);
            Assert.Equal(2.0, 1000 * chip.Duty(3) / chip.FrequencyHertz, 0.005);
        }

        Assert.Equal(0, chip.Duty(3));
        board.SetDuty(0, 0.5);
        Assert.Equal(0.5, chip.Duty(0), 0.001);
    }

    [Fact]
    public void Let_go_it_gets_no_pulses_and_begins_again_with_the_next_angle()
    {
        using var servo = new Servo(_pins.Pwm);
        servo.SetDegrees(10);
        servo.Release();
        Assert.Null(servo.Degrees);
        _pins.Take();

        servo.SetDegrees(0);

        Assert.Equal(["duty 0.075", "start"], _pins.Take());
    }

    [Theory]
    [InlineData(-46)]
    [InlineData(45.1)]
    [InlineData(double.NaN)]
    public void An_angle_beyond_its_ends_is_refused_and_moves_nothing(double degrees)
    {
        using var servo = new Servo(_pins.Pwm);

        Assert.Contains("-45 to 45", Assert.Throws<ArgumentOutOfRangeException>(() => servo.SetDegrees(degrees)).Message, StringComparison.Ordinal);
        Assert.Empty(_pins.Take());
    }

    [Theory]
    [InlineData(45, -45, 1, 2, 50)]
    [InlineData(-45, 45, 2, 1, 50)]
    [InlineData(-45, 45, 0, 2, 50)]
    [InlineData(-45, 45, 1, 2, 500)] // a period of 2 ms is no pulse, but always on
    public void Ends_that_make_no_sense_are_refused(double least, double most, double shortest, double longest, int frequency)
    {
        _pins.Pwm.Frequency = frequency;

        Assert.Throws<ArgumentOutOfRangeException>(() => new Servo(_pins.Pwm, least, most, TimeSpan.FromMilliseconds(shortest), TimeSpan.FromMilliseconds(longest)));
    }
}
