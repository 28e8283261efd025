using EdgeMas.Host.Bench;

namespace EdgeMas.Host.Tests.Bench;

public sealed class BenchComparisonTests
{
    [Fact]
    public async Task Contenders_take_turns_and_medians_are_compared_with_the_best_of_the_others()
    {
        var order = new List<string>();
        var comparison = new BenchComparison(
            "test",
            [new("seconds"), new("speed", MoreIsBetter: true)],
            [Contender("a", [1, 5, 3], 30), Contender("b", [12, 6, 9], 10), Contender("c", [100, 100, 100], 20)]);

        await comparison.RunAsync(3, order.Add, TestContext.Current.CancellationToken);
        var json = comparison.ToJson();

        Assert.Equal(["a", "b", "c", "a", "b", "c", "a", "b", "c"], order.Select(line => line.Split(' ', ':')[2]));
        Assert.Equal(3, (double?)json["contenders"]![0]!["measures"]![0]!["median"]);
        Assert.Equal(3, (double?)json["advantage"]![0]!["factor"]); // 9 seconds against 3
        Assert.Equal(1.5, (double?)json["advantage"]![1]!["factor"]); // 30 against 20
        Assert.Equal("3 of 3", comparison.Equal(0));
        Assert.Equal("0 of 3, and the others for 50 % of their length", comparison.Equal(1));
    }

    private static BenchContender Contender(string name, double[] seconds, double speed) =>
        new(name, (run, _) => Task.FromResult(new BenchSample([seconds[run - 1], speed], [name == "a" ? "abcd" : "abxy"])));
}
