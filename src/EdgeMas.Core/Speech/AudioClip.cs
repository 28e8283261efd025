namespace EdgeMas.Core.Speech;

/// <param name="Samples">Mono, 16-bit.</param>
/// <param name="SampleRate">Samples per second.</param>
public sealed record AudioClip(short[] Samples, int SampleRate)
{
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples.Length / SampleRate);
}
