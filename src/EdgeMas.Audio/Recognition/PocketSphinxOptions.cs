namespace EdgeMas.Audio.Recognition;

/// <summary>How PocketSphinx listens.</summary>
public sealed record PocketSphinxOptions
{
    /// <summary>Holds <c>en-us/</c> and <c>cmudict-en-us.dict</c>, as Debian's pocketsphinx-en-us does.</summary>
    public string ModelDirectory { get; init; } = "/usr/share/pocketsphinx/model/en-us";

    /// <summary>Orders that are heard whatever the skills: those that end a mission.</summary>
    public IReadOnlyList<string> Always { get; init; } = ["stop", "emergency stop", "cancel", "cancel the mission", "abort", "never mind", "forget it"];

    public ThingWords Things { get; init; } = ThingWords.Default;

    /// <summary>
    /// Least fit of a whole order, nats a frame: how much better the order's words explain the sound than common English words in any sequence do. Below it the
    /// utterance was something else. Seen here: a person's order +0.4, with noise, echo or other speeds −0.1 to +0.4; other speech forced into orders −4 to
    /// −0.9; espeak-ng, whose voice the model does not know, −1.9 to −0.9.
    /// </summary>
    public double MinFit { get; init; } = -0.75;

    /// <summary>Least fit of each single word, nats a frame.</summary>
    public double MinWordFit { get; init; } = -2;
}
