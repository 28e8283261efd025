using EdgeMas.Control.Envelope;

namespace EdgeMas.Control.Tests.Envelope;

public sealed class WheelWatchTests
{
    private const double Tick = 0.01;

    [Fact]
    public void A_wheel_that_is_driven_and_does_not_turn_is_stuck_within_half_a_second()
    {
        var watch = new WheelWatch();

        Assert.InRange(FirstStuck(ref watch, commanded: 8, turned: 0), 39, 50);
    }

    [Fact]
    public void A_wheel_that_follows_is_not_stuck()
    {
        var watch = new WheelWatch();

        Assert.Equal(-1, FirstStuck(ref watch, commanded: 8, turned: 8 * Tick * 0.5));
    }

    [Fact]
    public void Nothing_is_known_of_a_gap_in_the_ticks_but_a_stuck_wheel_is_found_after_it()
    {
        var watch = new WheelWatch();
        for (var i = 0; i < 20; i++)
            Assert.False(watch.Observe(8, 8 * Tick, Tick));

        Assert.False(watch.Observe(8, 0, seconds: 1.5)); // the body braked by its own time limit meanwhile

        Assert.InRange(FirstStuck(ref watch, commanded: 8, turned: 0), 39, 50);
    }

    private static int FirstStuck(ref WheelWatch watch, double commanded, double turned)
    {
        for (var i = 0; i < 200; i++)
        {
            if (watch.Observe(commanded, turned, Tick))
                return i;
        }
        return -1;
    }
}
