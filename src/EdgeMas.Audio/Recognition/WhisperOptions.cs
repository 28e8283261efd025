namespace EdgeMas.Audio.Recognition;

/// <summary>How Whisper listens.</summary>
/// <param name="ModelFile">A ggml model of whisper.cpp, such as <c>ggml-base-q5_1.bin</c>.</param>
public sealed record WhisperOptions(string ModelFile)
{
    /// <summary>libwhisper.so; null for the one that scripts/build-whisper.sh built.</summary>
    public string? Library { get; init; }

    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>Above this probability of no speech an utterance is taken for noise. OpenAI's reference uses 0.6.</summary>
    public double MaxNoSpeech { get; init; } = 0.6;

    /// <summary>Below this mean log-probability of the tokens a text is taken for invented. OpenAI's reference uses −1.</summary>
    public double MinMeanLogProbability { get; init; } = -1;
}
