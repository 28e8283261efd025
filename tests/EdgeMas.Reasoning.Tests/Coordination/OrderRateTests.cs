using EdgeMas.Reasoning.Coordination;
using Microsoft.Extensions.Time.Testing;

namespace EdgeMas.Reasoning.Tests.Coordination;

public sealed class OrderRateTests
{
    [Fact]
    public void Half_of_a_minutes_share_comes_at_once_and_the_rest_with_time()
    {
        var time = new FakeTimeProvider();
        var rate = new OrderRate(60, time);

        Assert.Equal(30, Enumerable.Range(0, 100).Count(_ => rate.TryTake()));
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(3, Enumerable.Range(0, 100).Count(_ => rate.TryTake()));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(30, Enumerable.Range(0, 100).Count(_ => rate.TryTake()));
    }
}
