using EdgeMas.Inference.Engine;
using EdgeMas.Inference.Speculation;

namespace EdgeMas.Inference.Tests.Speculation;

public sealed class GuessRecordTests
{
    [Fact]
    public void An_agent_whose_guesses_are_right_gets_more_of_them_the_less_they_cost()
    {
        var record = new GuessRecord();
        for (var i = 0; i < 50; i++)
            record.Observe(guessed: 4, right: 4);

        Assert.Equal(8, record.Worthwhile(available: 8, tokens: 1, outputs: 1, Cost(fixedSeconds: 0.03, each: 0.001)));
        Assert.Equal(0, record.Worthwhile(available: 8, tokens: 1, outputs: 1, Cost(fixedSeconds: 0, each: 0.03)));
    }

    [Fact]
    public void An_agent_whose_guesses_are_wrong_is_tried_again_only_now_and_then()
    {
        var record = new GuessRecord();
        var cost = Cost(fixedSeconds: 0.03, each: 0.004);
        for (var i = 0; i < 50; i++)
            record.Observe(guessed: 4, right: 0);

        var guesses = Enumerable.Range(0, 240).Select(_ => record.Worthwhile(available: 8, tokens: 1, outputs: 1, cost)).ToList();

        Assert.Equal(10, guesses.Count(guess => guess == 1));
        Assert.All(guesses, guess => Assert.InRange(guess, 0, 1));
    }

    [Fact]
    public void Beside_other_agents_a_guess_must_also_pay_for_the_time_that_they_lose()
    {
        var record = new GuessRecord();
        for (var i = 0; i < 50; i++)
            record.Observe(guessed: 4, right: 2);
        var cost = Cost(fixedSeconds: 0.03, each: 0.01);

        Assert.True(record.Worthwhile(available: 8, tokens: 1, outputs: 1, cost) > 0);
        Assert.Equal(0, record.Worthwhile(available: 8, tokens: 8, outputs: 8, cost));
    }

    [Fact]
    public void Before_anything_is_known_about_the_cost_nothing_is_guessed()
    {
        Assert.Equal(0, new GuessRecord().Worthwhile(available: 8, tokens: 1, outputs: 1, new StepCost(256)));
    }

    private static StepCost Cost(double fixedSeconds, double each)
    {
        var cost = new StepCost(256);
        foreach (var tokens in new[] { 1, 8, 64 })
            cost.Observe(tokens, fixedSeconds + (tokens * each));
        return cost;
    }
}
