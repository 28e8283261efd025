using CsCheck;
using EdgeMas.Inference.Engine;

namespace EdgeMas.Inference.Tests.Engine;

public sealed class StepCostTests
{
    [Fact]
    public void The_cost_of_a_batch_is_learned_from_others() => Gen.Select(Gen.Double[0, 0.1], Gen.Double[0.0001, 0.01], Gen.Int[1, 512].Array[20, 60]).Sample((read, each, sizes) =>
    {
        var cost = new StepCost(most: 512);
        foreach (var size in sizes.Append(1).Append(500))
            cost.Observe(size, read + (size * each));

        return Math.Abs(cost.SecondsOf(100) - (read + (100 * each))) < 1e-6 && cost.TokensWithin(read + (100.5 * each)) == 96; // whole tiles of 48
    });

    [Fact]
    public void Batches_of_one_size_tell_the_cost_in_proportion()
    {
        var cost = new StepCost(most: 512);
        for (var i = 0; i < 10; i++)
            cost.Observe(50, 0.5);

        Assert.Equal(20, cost.TokensWithin(0.2));
    }

    [Fact]
    public void After_batches_that_were_given_up_the_next_are_smaller_and_grow_again()
    {
        var cost = new StepCost(most: 512);
        cost.Observe(100, 0.1);

        cost.ObserveAbort();
        cost.ObserveAbort();

        Assert.Equal(48, cost.TokensWithin(0.2));
        cost.Observe(50, 0.05);
        cost.Observe(100, 0.1);
        Assert.Equal(192, cost.TokensWithin(0.2));
    }

    [Fact]
    public void However_dear_a_token_is_some_are_computed() => Assert.Equal(StepCost.Least, Observed(1, 100).TokensWithin(0.2));

    [Fact]
    public void On_a_slow_computer_batches_stay_thrifty_unless_urgent_requests_end_them()
    {
        var cost = new StepCost(most: 512, StepCost.Thrifty);
        for (var i = 0; i < 10; i++)
            cost.Observe(8, 0.3);

        Assert.Equal(StepCost.Thrifty, cost.TokensWithin(0.2));
        cost.ObserveAbort();
        Assert.Equal(StepCost.Thrifty / 2, cost.TokensWithin(0.2));
        for (var i = 0; i < 4; i++)
            cost.ObserveAbort();
        Assert.Equal(StepCost.Least, cost.TokensWithin(0.2));
    }

    private static StepCost Observed(int tokens, double seconds)
    {
        var cost = new StepCost(most: 512);
        cost.Observe(tokens, seconds);
        return cost;
    }
}
