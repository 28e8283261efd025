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

        return Math.Abs(cost.SecondsOf(100) - (read + (100 * each))) < 1e-6 && cost.TokensWithin(read + (100.5 * each), StepCost.Least) == 64; // whole tiles of 64
    });

    [Fact]
    public void Batches_of_one_size_tell_the_cost_in_proportion()
    {
        var cost = new StepCost(most: 512);
        for (var i = 0; i < 10; i++)
            cost.Observe(50, 0.5);

        Assert.Equal(20, cost.TokensWithin(0.2, StepCost.Least));
    }

    [Fact]
    public void One_batch_given_up_is_bad_luck()
    {
        var cost = Observed(100, 0.1);

        cost.ObserveAbort(128);
        cost.ObserveWhole();
        cost.ObserveAbort(128);

        Assert.Equal(192, cost.TokensWithin(0.2, StepCost.Least));
    }

    [Fact]
    public void Batches_given_up_one_after_the_other_make_the_next_ones_smaller_down_to_one_token_and_whole_ones_let_them_grow_again()
    {
        var cost = Observed(100, 0.1);

        cost.ObserveAbort(128);
        cost.ObserveAbort(128);
        Assert.Equal(64, cost.TokensWithin(0.2, 128));
        for (var i = 0; i < 8; i++)
            cost.ObserveAbort(64);
        Assert.Equal(1, cost.TokensWithin(0.2, 128));

        for (var i = 0; i < 40; i++)
            cost.ObserveWhole();
        Assert.Equal(192, cost.TokensWithin(0.2, 128));
    }

    [Fact]
    public void Where_urgent_requests_leave_time_for_some_tokens_only_the_others_go_on_with_as_many()
    {
        var cost = Observed(100, 1);
        var done = 0;
        for (var gap = 0; gap < 400; gap++)
        {
            var tokens = cost.TokensWithin(0.2, 128);
            if (tokens > 9)
            {
                cost.ObserveAbort(tokens);
                continue;
            }
            cost.ObserveWhole();
            done += tokens;
        }

        Assert.InRange(done, 400 * 9 / 3, 400 * 9);
    }

    [Fact]
    public void However_dear_a_token_is_some_are_computed() => Assert.Equal(StepCost.Least, Observed(1, 100).TokensWithin(0.2, StepCost.Least));

    [Fact]
    public void On_a_slow_computer_batches_stay_thrifty()
    {
        var cost = new StepCost(most: 512);
        for (var i = 0; i < 10; i++)
            cost.Observe(8, 0.3);

        Assert.Equal(StepCost.Tile, cost.TokensWithin(0.2, StepCost.Tile));
    }

    private static StepCost Observed(int tokens, double seconds)
    {
        var cost = new StepCost(most: 512);
        cost.Observe(tokens, seconds);
        return cost;
    }
}
