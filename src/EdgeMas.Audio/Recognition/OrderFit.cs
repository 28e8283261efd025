using EdgeMas.Audio.Native;

namespace EdgeMas.Audio.Recognition;

/// <summary>
/// How well an order's words explain a sound, against a loop of common words that explains any speech: a log-likelihood ratio for each frame, nats. A grammar
/// alone forces whatever it hears into an order; this tells when it had to.
/// </summary>
/// <param name="Mean">Over all frames of words.</param>
/// <param name="Worst">Of the word that fits least.</param>
/// <remarks>Source: R. C. Rose and D. B. Paul, "A hidden Markov model based keyword recognition system", 1990 (scores normalized by a filler network).</remarks>
internal readonly record struct OrderFit(double Mean, double Worst)
{
    private const double Steepness = 0.35; // nats over which the confidence goes from one half to 0.73

    /// <summary>0 to 1; one half at the threshold.</summary>
    internal double Confidence(double threshold) => 1 / (1 + Math.Exp(-(Mean - threshold) / Steepness));

    internal static OrderFit Of(IReadOnlyList<SphinxSegment> words, IReadOnlyList<SphinxSegment> speech)
    {
        var background = Spread(speech);
        double total = 0, worst = double.PositiveInfinity;
        var frames = 0;
        foreach (var word in words)
        {
            if (word.IsFiller || word.Frames <= 0)
                continue;
            var ratio = word.Score - background.AsSpan(Math.Min(word.First, background.Length), Math.Min(word.Frames, Math.Max(0, background.Length - word.First))).Sum();
            total += ratio;
            frames += word.Frames;
            worst = Math.Min(worst, ratio / word.Frames);
        }
        return frames == 0 ? new OrderFit(double.NegativeInfinity, double.NegativeInfinity) : new OrderFit(total / frames, worst);
    }

    /// <summary>Each segment's score, evenly over its frames.</summary>
    private static double[] Spread(IReadOnlyList<SphinxSegment> segments)
    {
        var scores = new double[segments.Count == 0 ? 0 : segments.Max(segment => segment.Last) + 1];
        foreach (var segment in segments)
            scores.AsSpan(segment.First, Math.Max(0, segment.Frames)).Fill(segment.Score / segment.Frames);
        return scores;
    }
}

file static class Sums
{
    internal static double Sum(this Span<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum;
    }
}
