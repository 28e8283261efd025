using EdgeMas.Devices.Rover;

namespace EdgeMas.Devices.Tests.Rover;

public sealed class WheelControllerTests
{
    private const double NoLoad = 20;
    private const double Step = 0.01;

    [Theory]
    [InlineData(8, 1.0)]
    [InlineData(8, 0.8)] // a battery that is low, a motor that is weak
    [InlineData(-5, 0.8)]
    public void A_wheel_comes_to_the_speed_asked_for_whatever_its_motor_makes_of_its_voltage(double target, double strength)
    {
        var wheel = new Motor(strength);
        var controller = new WheelController(NoLoad);

        Run(controller, wheel, target, seconds: 2);

        Assert.Equal(target, wheel.Speed, 0.05);
        Assert.False(controller.IsEncoderDead);
    }

    [Fact]
    public void A_wheel_that_was_held_does_not_shoot_off_when_it_is_let_go()
    {
        var wheel = new Motor(strength: 1) { IsHeld = true };
        var controller = new WheelController(NoLoad);
        Run(controller, wheel, target: 4, seconds: 5);

        wheel.IsHeld = false;
        var most = Run(controller, wheel, target: 4, seconds: 2);

        Assert.True(most < 6.5, FormattableString.Invariant($"it came to {most} rad/s"));
        Assert.Equal(4, wheel.Speed, 0.1);
    }

    [Fact]
    public void An_encoder_that_does_not_count_is_known_and_the_power_stays_that_of_the_feed_forward()
    {
        var controller = new WheelController(NoLoad);
        double most = 0, power = 0;
        for (var i = 0; i < 100; i++)
        {
            power = controller.Power(10, actual: 0, turned: 0, Step);
            most = Math.Max(most, power);
        }

        Assert.True(controller.IsEncoderDead);
        Assert.Equal(0.5, power, 1e-9);
        Assert.True(most <= 0.5 + 0.35 + 1e-9, "a wheel without an encoder must not run away");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void An_encoder_that_counts_the_wrong_way_is_known_and_a_right_one_is_not_taken_for_it(int sign)
    {
        var controller = new WheelController(NoLoad);
        for (var i = 0; i < 100; i++)
            controller.Power(10, sign * 10, sign * 10 * Step, Step);

        Assert.Equal(sign < 0, controller.IsEncoderDead);
    }

    [Fact]
    public void A_mended_encoder_is_used_again()
    {
        var controller = new WheelController(NoLoad);
        for (var i = 0; i < 100; i++)
            controller.Power(10, 0, 0, Step);
        Assert.True(controller.IsEncoderDead);

        for (var i = 0; i < 100; i++)
            controller.Power(10, 10, 10 * Step, Step);

        Assert.False(controller.IsEncoderDead);
    }

    [Fact]
    public void Standing_needs_no_power_and_forgets_what_was_before()
    {
        var controller = new WheelController(NoLoad);
        for (var i = 0; i < 20; i++)
            controller.Power(10, 5, 5 * Step, Step);

        Assert.Equal(0, controller.Power(0, 1, 0, Step));
        Assert.Equal(new WheelController(NoLoad).Power(2, 2, 0.02, Step), controller.Power(2, 2, 0.02, Step), 1e-12);
    }

    [Fact]
    public void It_allocates_nothing()
    {
        var controller = new WheelController(NoLoad);
        controller.Power(10, 5, 0.1, Step);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
            controller.Power(i % 20, 5, 0.05, Step);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <returns>The highest speed.</returns>
    private static double Run(WheelController controller, Motor wheel, double target, double seconds)
    {
        double most = 0;
        for (var i = 0; i < seconds / Step; i++)
        {
            var before = wheel.Speed;
            var turned = wheel.Turn(0);
            wheel.Power = controller.Power(target, before, turned, Step);
            wheel.Turn(Step);
            most = Math.Max(most, Math.Abs(wheel.Speed));
        }
        return most;
    }

    /// <summary>A motor with a lag of 60 ms, that friction costs five per cent of its voltage.</summary>
    private sealed class Motor(double strength)
    {
        private double _turned;

        internal bool IsHeld { get; set; }

        internal double Power { get; set; }

        internal double Speed { get; private set; }

        /// <returns>Radians since the step before.</returns>
        internal double Turn(double seconds)
        {
            if (seconds == 0)
                return _turned;
            var driven = Math.Sign(Power) * Math.Max(0, Math.Abs(Power) - 0.05) * strength * NoLoad;
            Speed = IsHeld ? 0 : Speed + ((driven - Speed) * Math.Min(1, seconds / 0.06));
            _turned = Speed * seconds;
            return _turned;
        }
    }
}
