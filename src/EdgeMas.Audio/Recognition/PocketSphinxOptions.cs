namespace EdgeMas.Audio.Recognition;

/// <summary>How PocketSphinx listens.</summary>
public sealed record PocketSphinxOptions
{
    /// <summary>Holds <c>en-us/</c> and <c>cmudict-en-us.dict</c>, as Debian's pocketsphinx-en-us does.</summary>
    public string ModelDirectory { get; init; } = "/usr/share/pocketsphinx/model/en-us";

    public ThingWords Things { get; init; } = ThingWords.Default;

    /// <summary>
    /// Least fit of a whole order, nats a frame: how much better the order's words explain the sound than any sequence of phones does. Below it the utterance
    /// was something else. Seen here: people saying what was recognized −0.6 to +1.3, espeak-ng −1.9 to −1.2, other speech forced into orders −5 to −2.6.
    /// </summary>
    public double MinFit { get; init; } = -2.05;

    /// <summary>Least fit of each single word, nats a frame.</summary>
    public double MinWordFit { get; init; } = -5.5;
}
