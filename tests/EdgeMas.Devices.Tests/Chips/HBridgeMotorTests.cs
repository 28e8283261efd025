using System.Device.Gpio;
using EdgeMas.Devices.Chips.HBridge;

namespace EdgeMas.Devices.Tests.Chips;

public sealed class HBridgeMotorTests : IDisposable
{
    private const int In1 = 3;
    private const int In2 = 4;
    private const int Standby = 5;

    private readonly RecordedPins _pins = new();
    private readonly GpioController _controller;

    public HBridgeMotorTests() => _controller = new GpioController(_pins);

    public void Dispose() => _controller.Dispose();

    [Fact]
    public void Set_up_gives_the_motor_no_power_and_wakes_the_bridge_last()
    {
        using var motor = Motor(HBridgeKind.Tb6612, Standby);

        Assert.Equal(["duty 0", "start", "3=0", "4=0", "5=1"], _pins.Take());
    }

    [Fact]
    public void A_new_direction_takes_the_power_away_before_the_pins_change()
    {
        using var motor = Motor(HBridgeKind.L298);
        motor.SetPower(0.5);
        _pins.Take();

        motor.SetPower(-0.25);

        Assert.Equal(["duty 0", "3=0", "4=1", "duty 0.25"], _pins.Take());
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
    public void Braking_shorts_the_motor_with_the_direction_pins_first(HBridgeKind kind)
    {
        using var motor = Motor(kind);
        motor.SetPower(0.5);
        _pins.Take();

        motor.Brake();

        Assert.Equal(["3=1", "4=1", "duty 1"], _pins.Take());
    }

    [Theory] // TB6612: IN1 = IN2 = L with PWM high is off, with PWM low it would brake. L298: enable low runs free.
    [InlineData(HBridgeKind.Tb6612, 1)]
    [InlineData(HBridgeKind.L298, 0)]
    public void Coasting_is_what_each_bridge_calls_off(HBridgeKind kind, double duty)
    {
        using var motor = Motor(kind);
        motor.SetPower(-1);

        motor.Coast();

        Assert.Equal((PinValue.Low, PinValue.Low, duty), (_pins[In1], _pins[In2], _pins.Pwm.DutyCycle));
    }

    [Fact]
    public void After_a_brake_the_same_power_sets_the_direction_anew()
    {
        using var motor = Motor(HBridgeKind.Tb6612);
        motor.SetPower(0.5);
        motor.Brake();

        motor.SetPower(0.5);

        Assert.Equal((PinValue.High, PinValue.Low, 0.5), (_pins[In1], _pins[In2], _pins.Pwm.DutyCycle));
    }

    [Fact]
    public void The_end_leaves_no_power_and_no_pin()
    {
        Motor(HBridgeKind.L298, Standby).Dispose();

        Assert.Equal("stop,5=0", string.Join(',', _pins.Take()[^2..]));
        Assert.False(_pins.IsOpen(In1) || _pins.IsOpen(In2) || _pins.IsOpen(Standby));
        Assert.True(_pins.Pwm.Disposed);
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

    private HBridgeMotor Motor(HBridgeKind kind, int? standby = null) => new(kind, _pins.Pwm, _controller, In1, In2, standby);
}
