namespace EdgeMas.Audio.VoiceActivity;

/// <summary>When an utterance begins and ends.</summary>
public sealed record SegmenterOptions
{
    /// <summary>Speech begins at this probability.</summary>
    public float Onset { get; init; } = 0.5f;

    /// <summary>Below this a window counts as silence.</summary>
    public float Release { get; init; } = 0.35f;

    /// <summary>Silence that ends an utterance: longer than the pauses inside an order.</summary>
    public TimeSpan Hangover { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>Sound before the onset that belongs to the utterance: soft consonants begin earlier than a detector sees them.</summary>
    public TimeSpan PreRoll { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Silence that stays at the end.</summary>
    public TimeSpan PostRoll { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Less speech than this is a click or a cough and is dropped.</summary>
    public TimeSpan MinSpeech { get; init; } = TimeSpan.FromMilliseconds(160);

    /// <summary>A longer utterance is cut here and goes on as the next one; recognizers take at most 30 s.</summary>
    public TimeSpan MaxUtterance { get; init; } = TimeSpan.FromSeconds(30);

    internal void Check()
    {
        if (Release > Onset || Onset is <= 0 or > 1)
            throw new ArgumentException($"onset {Onset} and release {Release}: 0 < release <= onset <= 1 is expected");
        if (MaxUtterance <= PreRoll || MaxUtterance > TimeSpan.FromSeconds(30))
            throw new ArgumentException($"an utterance of at most {MaxUtterance.TotalSeconds} s: more than the pre-roll and at most 30 s are expected");
        if (PreRoll < TimeSpan.Zero || PostRoll < TimeSpan.Zero || Hangover < PostRoll || MinSpeech < TimeSpan.Zero)
            throw new ArgumentException("pre-roll, post-roll and least speech are not negative, and the hangover is at least the post-roll");
    }
}
