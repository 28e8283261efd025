using EdgeMas.Devices.Chips.HBridge;

namespace EdgeMas.Devices.Tests.Chips;

public sealed class HBridgeMotorTests
{
    private readonly RecordedPins _pins = new(count: 3);

    [Fact]
    public void Set_up_gives_the_motor_no_power_and_wakes_the_bridge_last()
    {
        using var motor = Motor(HBridgeKind.Tb6612);

        Assert.Equal(["duty 0", "start", "lines 100"], _pins.Take());
    }

    [Fact]
    public void A_motor_without_a_standby_line_of_its_own_is_set_up_and_let_go()
    {
        var pins = new RecordedPins(count: 2);
        var motor = new HBridgeMotor(HBridgeKind.Tb6612, pins.Pwm, pins);
        pins.Take();

        motor.Dispose();

        Assert.Equal("lines 00", pins.Take()[1]);
        Assert.True(pins.Disposed);
    }

    [Fact]
    public void A_new_direction_takes_the_power_away_before_the_lines_change()
    {
        using var motor = Motor(HBridgeKind.L298);
        motor.SetPower(0.5);
        _pins.Take();

        motor.SetPower(-0.25);

        Assert.Equal(["duty 0", "lines 110", "duty 0.25"], _pins.Take());
        Assert.Equal(-0.25, motor.Power);
    }

    [Fact]
    public void More_power_in_the_same_direction_is_one_write()
    {
        using var motor = Motor(HBridgeKind.Tb6612);
        motor.SetPower(0.5);
        _pins.Take();

        motor.SetPower(0.6);

        Assert.Equal(["duty 0.6"], _pins.Take());
    }

    [Theory]
    [InlineData(HBridgeKind.Tb6612)]
    [InlineData(HBridgeKind.L298)]
    public void Braking_shorts_the_motor_with_the_lines_first(HBridgeKind kind)
    {
        using var motor = Motor(kind);
        motor.SetPower(0.5);
        _pins.Take();

        motor.Brake();

        Assert.Equal(["lines 111", "duty 1"], _pins.Take());
    }

    [Theory] // TB6612: IN1 = IN2 = L with PWM high is off, with PWM low it would brake. L298: enable low runs free.
    [InlineData(HBridgeKind.Tb6612, 1)]
    [InlineData(HBridgeKind.L298, 0)]
    public void Coasting_is_what_each_bridge_calls_off(HBridgeKind kind, double duty)
    {
        using var motor = Motor(kind);
        motor.SetPower(-1);

        motor.Coast();

        Assert.Equal((0b100UL, duty), (_pins.Levels, _pins.Pwm.DutyCycle));
    }

    [Fact]
    public void After_a_brake_the_same_power_sets_the_direction_anew()
    {
        using var motor = Motor(HBridgeKind.Tb6612);
        motor.SetPower(0.5);
        motor.Brake();

        motor.SetPower(0.5);

        Assert.Equal((0b101UL, 0.5), (_pins.Levels, _pins.Pwm.DutyCycle));
    }

    [Fact]
    public void The_end_leaves_no_power_and_a_sleeping_bridge()
    {
        Motor(HBridgeKind.L298).Dispose();

        Assert.Equal(["stop", "lines 000"], _pins.Take()[^2..]);
        Assert.True(_pins.Disposed && _pins.Pwm.Disposed);
    }

    [Theory]
    [InlineData(1.01)]
    [InlineData(-1.01)]
    [InlineData(double.NaN)]
    public void A_power_beyond_one_is_refused_and_nothing_changes(double power)
    {
        using var motor = Motor(HBridgeKind.Tb6612);
        _pins.Take();

        Assert.Throws<ArgumentOutOfRangeException>(() => motor.SetPower(power));
        Assert.Empty(_pins.Take());
    }

    [Fact]
    public void A_motor_needs_two_lines_or_three() =>
        Assert.Throws<ArgumentException>(() => new HBridgeMotor(HBridgeKind.L298, _pins.Pwm, new RecordedPins(count: 4)));

    private HBridgeMotor Motor(HBridgeKind kind) => new(kind, _pins.Pwm, _pins);
}
