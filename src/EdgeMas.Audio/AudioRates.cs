namespace EdgeMas.Audio;

/// <summary>The one rate of speech in this system.</summary>
public static class AudioRates
{
    /// <summary>Samples per second that voice activity and recognizers take.</summary>
    public const int Speech = 16_000;
}
