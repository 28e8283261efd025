namespace EdgeMas.Audio.VoiceActivity;

/// <summary>What is to be told of one block of sound, a tenth of a second or less.</summary>
/// <param name="At">The block's end, from the beginning of the sound.</param>
/// <param name="LevelDb">Root mean square, decibels below full scale: 0 is the loudest square wave, digital silence is −100.</param>
/// <param name="IsSpeech">An utterance is open at the block's end.</param>
public readonly record struct SoundMoment(TimeSpan At, double LevelDb, bool IsSpeech)
{
    private const double Silence = -100;

    internal static double LevelOf(ReadOnlySpan<short> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples)
            sum += (double)sample * sample;
        return sum == 0 ? Silence : Math.Max(Silence, 10 * Math.Log10(sum / samples.Length / (32_768.0 * 32_768.0)));
    }
}
