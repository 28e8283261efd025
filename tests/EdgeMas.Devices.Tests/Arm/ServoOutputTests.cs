using EdgeMas.Devices.Arm;
using EdgeMas.Devices.Chips.Pca9685;
using EdgeMas.Devices.Tests.Chips;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Devices.Tests.Arm;

/// <summary>NXP, PCA9685 data sheet, 7.3.3 (ON and OFF counts) and 7.3.5 (prescaler): 50 Hz is prescaler 121, and a period of 4096 counts then lasts 19.988 ms, a count 4.88 µs.</summary>
public sealed class ServoOutputTests
{
    private readonly RecordedI2c _bus;
    private readonly SimulatedPca9685 _registers = new();
    private readonly Pca9685 _chip;

    public ServoOutputTests()
    {
        _bus = new RecordedI2c(Pca9685.DefaultAddress, _registers);
        _chip = new Pca9685(_bus, frequencyHertz: 50);
    }

    [Fact]
    public void Fifty_hertz_is_the_data_sheets_prescaler()
    {
        Assert.Contains("w FE 79", _bus.Take());
        Assert.Equal(25e6 / 4096 / 122, _chip.FrequencyHertz, 1e-9);
    }

    /// <param name="counts">Of the pulse: µs / 19988 · 4096. One is 0.88 degrees of this servo.</param>
    [Theory]
    [InlineData(-90, 205, "w 12 00 00 CD 00")] // 1000 µs are 204.9 counts
    [InlineData(0, 307, "w 12 00 00 33 01")] // 1500 µs are 307.4
    [InlineData(45, 359, "w 12 00 00 67 01")] // 1750 µs are 358.6
    [InlineData(90, 409, "w 12 00 00 99 01")] // 2000 µs are 409.8, and 410 would be beyond
    public void An_angle_is_a_pulse_of_whole_counts_within_the_servos_ends(double degrees, int counts, string transfer)
    {
        var servo = new ServoOutput(_chip, Wiring());
        _bus.Take();

        servo.Give(degrees * Math.PI / 180);

        Assert.Equal([transfer], _bus.Take());
        Assert.Equal(counts, servo.Steps);
        Assert.Equal(degrees, servo.Angle * 180 / Math.PI, 0.9);
    }

    [Fact]
    public void A_servo_mounted_the_other_way_round_gets_its_longest_pulse_at_the_least_angle()
    {
        var servo = new ServoOutput(_chip, Wiring() with { Reversed = true });
        servo.Give(-Math.PI / 2);
        Assert.Equal(409, servo.Steps);
        servo.Give(Math.PI / 4);

        Assert.Equal(256, servo.Steps); // 1250 µs are 256.2 counts
        Assert.Equal(45, servo.Angle * 180 / Math.PI, 0.9);
    }

    [Theory]
    [InlineData(-7, 205)]
    [InlineData(7, 409)]
    [InlineData(1e300, 409)]
    public void No_angle_leads_beyond_the_ends(double angle, int counts)
    {
        var servo = new ServoOutput(_chip, Wiring());

        servo.Give(angle);

        Assert.Equal(counts, servo.Steps);
    }

    [Fact]
    public void A_pulse_that_stays_the_same_is_not_written_again()
    {
        var servo = new ServoOutput(_chip, Wiring());
        servo.Give(0);
        _bus.Take();

        servo.Give(0.0001);

        Assert.Empty(_bus.Take());
    }

    [Fact]
    public void What_the_chip_has_is_compared_with_what_it_was_given()
    {
        var servo = new ServoOutput(_chip, Wiring());
        Assert.True(servo.IsAsGiven()); // off
        servo.Give(0.3);
        Assert.True(servo.IsAsGiven());

        _registers.Write([0x14, 0x77]); // OFF_L of channel 3

        Assert.False(servo.IsAsGiven());
    }

    [Fact]
    public void Pulses_of_a_chip_that_runs_are_taken_over_where_the_servo_may_have_them()
    {
        _chip.SetPulse(3, TimeSpan.FromMilliseconds(1.75));
        var servo = new ServoOutput(_chip, Wiring());
        Assert.True(servo.TryTakeOver());
        Assert.Equal(45, servo.Angle * 180 / Math.PI, 0.9);

        _chip.SetPulse(3, TimeSpan.FromMilliseconds(2.1));
        Assert.False(servo.TryTakeOver());
        _chip.Stop();
        Assert.False(servo.TryTakeOver());
    }

    private static ServoWiring Wiring() => new(3, -Math.PI / 2, Math.PI / 2, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2));
}
