using EdgeMas.Core.Speech;

namespace EdgeMas.Audio.Agents;

/// <summary>A microphone that hears silence while the robot itself speaks. Does not own its source.</summary>
internal sealed class MutedSource(IAudioSource source, Func<bool> isMuted) : IAudioSource
{
    public string Name => source.Name;

    public int SampleRate => source.SampleRate;

    public async ValueTask<int> ReadAsync(Memory<short> samples, CancellationToken cancellationToken)
    {
        var muted = isMuted();
        var read = await source.ReadAsync(samples, cancellationToken);
        if (muted || isMuted())
            samples.Span[..read].Clear();
        return read;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
