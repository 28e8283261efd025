using CsCheck;
using EdgeMas.Inference.Native;
using EdgeMas.Inference.Sampling;

namespace EdgeMas.Inference.Tests.Sampling;

public sealed class CandidatesTests
{
    [Fact]
    public void The_top_is_the_beginning_of_the_sorted_row()
    {
        // Few distinct values, so that ties are common; negative infinity stands for a forbidden token.
        var row = Gen.Int[-5, 6].Select(value => value == 6 ? float.NegativeInfinity : value).Array[1, 200];
        Gen.Select(row, Gen.Int[1, 220]).Sample((logits, size) =>
        {
            var top = new llama_token_data[Math.Min(size, logits.Length)];

            var count = Candidates.SelectTop(logits, top);

            var expected = Enumerable.Range(0, logits.Length).Where(token => !float.IsNegativeInfinity(logits[token]))
                .OrderByDescending(token => logits[token]).ThenBy(token => token).Take(top.Length);
            return expected.SequenceEqual(top.Take(count).Select(candidate => candidate.id));
        });
    }

    [Fact]
    public void Draws_follow_the_probabilities_at_the_temperature()
    {
        var drawn = Count(new EdgeMas.Core.Models.Sampling(Temperature: 0.5f, TopK: 0, TopP: 1, Seed: 7), draws: 20_000);

        // Logits 0, −1, −2 at temperature 0.5 are as 1 : e⁻² : e⁻⁴.
        var sum = 1 + Math.Exp(-2) + Math.Exp(-4);
        Assert.Equal(1 / sum, drawn[0] / 20_000.0, 0.015);
        Assert.Equal(Math.Exp(-2) / sum, drawn[1] / 20_000.0, 0.015);
        Assert.Equal(Math.Exp(-4) / sum, drawn[2] / 20_000.0, 0.015);
    }

    [Fact]
    public void Top_k_leaves_the_likeliest() =>
        Assert.Equal(0, Count(new EdgeMas.Core.Models.Sampling(Temperature: 5, TopK: 2, TopP: 1), draws: 1000)[2]);

    [Fact]
    public void Top_p_leaves_the_fewest_that_reach_the_share() // 0.665, 0.245, 0.090
    {
        var drawn = Count(new EdgeMas.Core.Models.Sampling(Temperature: 5, TopK: 0, TopP: 0.8f), draws: 1000);

        Assert.True(drawn[1] > 0);
        Assert.Equal(0, drawn[2]);
    }

    [Fact]
    public void Forbidding_a_token_that_was_not_drawn_changes_no_draw() =>
        Gen.Select(Gen.UInt, Gen.UInt, Gen.Int[0, 2]).Sample((seed, step, forbidden) =>
        {
            var sampling = new EdgeMas.Core.Models.Sampling(Temperature: 1, TopK: 0, TopP: 1, Seed: seed);
            var drawn = Candidates.Draw(Three(), sampling, new SeededNoise(seed, step));
            var left = Three().Where(candidate => candidate.id != forbidden).ToArray();
            return drawn == forbidden || Candidates.Draw(left, sampling, new SeededNoise(seed, step)) == drawn;
        });

    private static llama_token_data[] Three() => [new() { id = 0, logit = 0 }, new() { id = 1, logit = -1 }, new() { id = 2, logit = -2 }];

    private static int[] Count(EdgeMas.Core.Models.Sampling sampling, int draws)
    {
        var counts = new int[3];
        for (uint step = 0; step < draws; step++)
            counts[Candidates.Draw(Three(), sampling, new SeededNoise(sampling.Seed, step))]++;
        return counts;
    }
}
