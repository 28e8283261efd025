using EdgeMas.Reasoning.Coordination;

namespace EdgeMas.Reasoning.Tests.Coordination;

public sealed class StopOrderTests
{
    [Theory]
    [InlineData("stop", true)]
    [InlineData("STOP!", true)]
    [InlineData("Hey robot, stop now please.", true)]
    [InlineData("cancel the mission", true)]
    [InlineData("never mind", true)]
    [InlineData("stop at the gate", false)]
    [InlineData("don't stop", false)]
    [InlineData("say stop", false)]
    [InlineData("", false)]
    public void Only_an_order_that_says_nothing_else_is_one_to_stop(string order, bool stops) => Assert.Equal(stops, StopOrder.Matches(order));
}
