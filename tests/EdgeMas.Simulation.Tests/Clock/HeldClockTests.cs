using EdgeMas.Simulation.Clock;
using Microsoft.Extensions.Time.Testing;

namespace EdgeMas.Simulation.Tests.Clock;

public sealed class HeldClockTests
{
    private readonly FakeTimeProvider _real = new();

    [Fact]
    public void It_goes_on_with_real_time_and_by_no_more_than_its_limit_between_steps()
    {
        var clock = new HeldClock(_real, TimeSpan.FromMilliseconds(20));
        var began = clock.GetTimestamp();

        _real.Advance(TimeSpan.FromMilliseconds(7));
        Assert.Equal(7, clock.GetElapsedTime(began).TotalMilliseconds, 1e-6);
        Assert.Equal(7, clock.Step().TotalMilliseconds, 1e-6);

        _real.Advance(TimeSpan.FromMilliseconds(500)); // the computer stood still
        Assert.Equal(27, clock.GetElapsedTime(began).TotalMilliseconds, 1e-6);
        Assert.Equal(20, clock.Step().TotalMilliseconds, 1e-6);
        Assert.Equal(27, clock.GetElapsedTime(began).TotalMilliseconds, 1e-6);

        _real.Advance(TimeSpan.FromMilliseconds(3));
        Assert.Equal(30, clock.GetElapsedTime(began).TotalMilliseconds, 1e-6);
    }
}
