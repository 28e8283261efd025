using EdgeMas.Inference.Engine;

namespace EdgeMas.Inference.Speculation;

/// <summary>How often guesses of one agent's tokens were right, older ones fading; and so how many are worth their cost. The engine's thread only.</summary>
internal sealed class GuessRecord
{
    private const double Fading = 0.95;

    /// <summary>Outputs must come so much faster: the costs are estimates.</summary>
    private const double Margin = 1.05;

    /// <summary>Opportunities that are let pass until one token is guessed to see whether it pays by now.</summary>
    private const int ProbeEvery = 24;

    private double _right = 1;
    private double _tried = 2;
    private int _passed;

    /// <summary>Of a token whose predecessors were guessed right.</summary>
    internal double Probability => _right / _tried;

    /// <param name="guessed">Tokens of a guess, at least 1.</param>
    /// <param name="right">Those before the first wrong one.</param>
    internal void Observe(int guessed, int right)
    {
        _right = (_right * Fading) + right;
        _tried = (_tried * Fading) + right + (right < guessed ? 1 : 0);
    }

    /// <summary>How many of the guessed tokens to compute: those that give the most outputs a second.</summary>
    /// <param name="available">Tokens guessed.</param>
    /// <param name="tokens">In the batch already.</param>
    /// <param name="outputs">That it will give without guesses of this agent's.</param>
    internal int Worthwhile(int available, int tokens, double outputs, StepCost cost)
    {
        var seconds = cost.SecondsOf(tokens);
        if (available == 0 || seconds <= 0)
            return 0;
        var most = outputs / seconds * Margin;
        var (best, expected, chance) = (0, 0.0, 1.0);
        for (var guess = 1; guess <= available; guess++)
        {
            chance *= Probability;
            expected += chance;
            var rate = (outputs + expected) / cost.SecondsOf(tokens + guess);
            if (rate > most)
                (best, most) = (guess, rate);
        }
        if (best > 0 || ++_passed < ProbeEvery)
            return best;
        _passed = 0;
        return 1;
    }

    /// <summary>Outputs expected of so many guessed tokens.</summary>
    internal double Expected(int guesses)
    {
        var (expected, chance) = (0.0, 1.0);
        for (var guess = 0; guess < guesses; guess++)
            expected += chance *= Probability;
        return expected;
    }
}
