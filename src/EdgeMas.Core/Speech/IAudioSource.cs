namespace EdgeMas.Core.Speech;

/// <summary>Mono 16-bit sound from a file, a microphone or another process. One reader.</summary>
public interface IAudioSource : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Samples per second.</summary>
    int SampleRate { get; }

    /// <summary>Waits for sound and fills the buffer from its start.</summary>
    /// <returns>Samples written; 0 at the end of the sound.</returns>
    ValueTask<int> ReadAsync(Memory<short> samples, CancellationToken cancellationToken);
}
