namespace EdgeMas.Audio.VoiceActivity;

/// <summary>When an utterance begins and ends.</summary>
public sealed record SegmenterOptions
{
    /// <summary>Speech begins at this probability.</summary>
    public float Onset { get; init; } = 0.5f;

    /// <summary>Below this a window counts as silence: less than the onset, so that an utterance does not break at its edges.</summary>
    public float Release => 0.7f * Onset;

    /// <summary>Silence that ends an utterance: longer than the pauses inside an order.</summary>
    public TimeSpan Hangover { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>Sound before the onset that belongs to the utterance: soft consonants begin earlier than a detector sees them.</summary>
    public TimeSpan PreRoll { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Silence that stays at the end, at most the hangover.</summary>
    public TimeSpan PostRoll { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Less speech than this is a click or a cough and is dropped.</summary>
    public TimeSpan MinSpeech { get; init; } = TimeSpan.FromMilliseconds(160);

    /// <summary>A longer utterance is cut here and goes on as the next one; recognizers take at most 30 s.</summary>
    public TimeSpan MaxUtterance { get; init; } = TimeSpan.FromSeconds(30);

    internal void Check()
    {
        if (Onset is not (> 0 and <= 1))
            throw new ArgumentException($"an onset of {Onset}: a probability above 0 is expected");
        if (MaxUtterance <= PreRoll || MaxUtterance > TimeSpan.FromSeconds(30))
            throw new ArgumentException($"an utterance of at most {MaxUtterance.TotalSeconds} s: more than the pre-roll and at most 30 s are expected");
        if (PreRoll < TimeSpan.Zero || PostRoll < TimeSpan.Zero || Hangover < TimeSpan.Zero || MinSpeech < TimeSpan.Zero)
            throw new ArgumentException("pre-roll, post-roll, hangover and least speech are not negative");
    }
}
