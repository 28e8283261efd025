namespace EdgeMas.Core.Speech;

/// <summary>Tells speech from other sound. One thread.</summary>
public interface IVoiceActivityDetector : IDisposable
{
    /// <summary>Samples that one call takes, at 16 kHz.</summary>
    int WindowSamples { get; }

    /// <returns>How likely the window holds speech, 0 to 1.</returns>
    float Probability(ReadOnlySpan<short> window);

    /// <summary>Forgets what was heard: a new sound begins.</summary>
    void Reset();
}
