namespace EdgeMas.Core.Speech;

/// <summary>A loudspeaker, or a file that stands for one. Calls do not overlap.</summary>
public interface IAudioSink : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Returns when the clip was played.</summary>
    ValueTask PlayAsync(AudioClip clip, CancellationToken cancellationToken);
}
