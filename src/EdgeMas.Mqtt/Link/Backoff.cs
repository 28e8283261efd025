namespace EdgeMas.Mqtt.Link;

/// <summary>
/// Waits between attempts: doubling from the first to the longest, each shortened by up to half by chance. One thread.
/// </summary>
/// <remarks>Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015: "equal jitter".</remarks>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, int? seed = null)
{
    private const int MaxDoublings = 20;

    private readonly Random _random = seed is { } given ? new Random(given) : new Random();
    private int _failures;

    internal TimeSpan Next()
    {
        var full = first * Math.Pow(2, Math.Min(_failures++, MaxDoublings));
        if (full > longest)
            full = longest;
        return full * (0.5 + (0.5 * _random.NextDouble()));
    }

    internal void Reset() => _failures = 0;
}
