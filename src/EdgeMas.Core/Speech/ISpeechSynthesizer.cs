namespace EdgeMas.Core.Speech;

/// <summary>Turns words into sound. Calls do not overlap.</summary>
public interface ISpeechSynthesizer : IDisposable
{
    ValueTask<AudioClip> SynthesizeAsync(string text, CancellationToken cancellationToken);
}
