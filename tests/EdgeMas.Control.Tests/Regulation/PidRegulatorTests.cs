using CsCheck;
using EdgeMas.Control.Regulation;

namespace EdgeMas.Control.Tests.Regulation;

public sealed class PidRegulatorTests
{
    private const double Seconds = 0.01;

    [Fact]
    public void The_integral_takes_away_what_a_load_leaves_over()
    {
        var pid = new PidRegulator(new PidGains(2, 4, 0, -10, 10));
        var value = 0.0;
        for (var i = 0; i < 2_000; i++)
            value += (pid.Step(1, value, 0, Seconds) - value - 3) * Seconds; // a first-order plant with a load of 3

        Assert.Equal(1, value, 1e-3);
    }

    /// <summary>While the output is at its limit for long, an integral without a way back makes the value run far beyond its target.</summary>
    [Fact]
    public void A_long_time_at_the_limit_makes_no_overshoot()
    {
        var pid = new PidRegulator(new PidGains(4, 8, 0, -1, 1));
        var (value, most) = (0.0, 0.0);
        for (var i = 0; i < 5_000; i++)
        {
            value += pid.Step(5, value, 0, Seconds) * Seconds; // an integrator that takes five seconds at the limit
            most = Math.Max(most, value);
        }

        Assert.InRange(most, 4.99, 5.25);
        Assert.Equal(5, value, 1e-3);
        Assert.InRange(Overshoot(new PidGains(4, 8, 0, -1, 1, TrackingSeconds: 1e3)), 6, 100); // the same without giving way: the test can fail
    }

    [Fact]
    public void A_jump_of_the_target_gives_the_derivative_no_kick()
    {
        var pid = new PidRegulator(new PidGains(1, 0, 5, -100, 100, DerivativeSeconds: 0.02));
        pid.Step(0, 0, 0, Seconds);

        Assert.Equal(1, pid.Step(1, 0, 0, Seconds), 1e-12);
    }

    [Fact]
    public void What_is_known_beforehand_goes_through_at_once() =>
        Assert.Equal(7.5, new PidRegulator(new PidGains(1, 1, 0, -10, 10)).Step(0, 0, 7.5, Seconds));

    [Fact]
    public void Nothing_outside_the_limits_comes_out_and_nothing_that_is_no_number_stays_in() =>
        Gen.Select(Gen.Double, Gen.Double, Gen.Double).Array[1, 50].Sample(inputs =>
        {
            var pid = new PidRegulator(new PidGains(3, 2, 0.5, -1, 2, 0.01));
            foreach (var (target, measured, forward) in inputs)
                Assert.InRange(pid.Step(target, measured, forward, Seconds), -1, 2);
            pid.Step(double.NaN, double.PositiveInfinity, 0, Seconds);
            pid.Reset();
            for (var i = 0; i < 10; i++)
                Assert.InRange(pid.Step(0.1, 0, 0, Seconds), 0, 1);
        });

    private static double Overshoot(PidGains gains)
    {
        var pid = new PidRegulator(gains);
        var (value, most) = (0.0, 0.0);
        for (var i = 0; i < 5_000; i++)
        {
            value += pid.Step(5, value, 0, Seconds) * Seconds;
            most = Math.Max(most, value);
        }
        return most;
    }
}
