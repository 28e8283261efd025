using EdgeMas.Host.Hil;

namespace EdgeMas.Host.Tests.Hil;

/// <summary>Suites on several boards.</summary>
public sealed class DealTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public void Every_suite_runs_on_one_board_and_no_board_is_idle(int boards)
    {
        var suites = HilSuites.All;

        var hands = HilSuites.Deal(suites, boards);

        Assert.Equal(Math.Min(boards, suites.Count), hands.Count);
        Assert.All(hands, Assert.NotEmpty);
        Assert.Equal(suites.Select(suite => suite.Name).Order(), hands.SelectMany(hand => hand).Select(suite => suite.Name).Order());
        Assert.All(hands, hand => Assert.Equal(suites.Where(hand.Contains), hand));
    }

    [Fact]
    public void Two_boards_have_about_as_long_to_do()
    {
        var seconds = HilSuites.Deal(HilSuites.All, 2).Select(hand => hand.Sum(suite => suite.UsualSeconds)).ToArray();

        Assert.InRange(seconds.Max() / seconds.Min(), 1, 1.15);
    }
}
