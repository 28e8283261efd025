using System.Threading.Channels;
using EdgeMas.Core.Speech;

namespace EdgeMas.Audio.Agents;

/// <summary>
/// Sound that someone gives the audio agent to hear, such as a recorded order. It outlives the agent: what waits is heard by the next instance after a restart.
/// Any thread.
/// </summary>
public sealed class SoundFeed
{
    /// <summary>Sounds that may wait; one more is refused.</summary>
    public const int MaxWaiting = 16;

    private readonly Channel<GivenSound> _waiting = Channel.CreateBounded<GivenSound>(MaxWaiting);

    internal ChannelReader<GivenSound> Waiting => _waiting.Reader;

    /// <summary>Hands over the source, which is read to its end as fast as it goes and then disposed of.</summary>
    /// <returns>How many utterances were found, once the last was recognized and published, those not understood included.</returns>
    /// <exception cref="InvalidOperationException">Too many wait already, or the agent ended while it listened.</exception>
    /// <exception cref="IOException">The source failed.</exception>
    public async Task<int> HearAsync(IAudioSource source, CancellationToken cancellationToken)
    {
        var sound = new GivenSound(source, cancellationToken);
        if (!_waiting.Writer.TryWrite(sound))
        {
            await source.DisposeAsync();
            throw new InvalidOperationException($"{MaxWaiting} sounds wait to be heard; '{source.Name}' is refused");
        }
        return await sound.Heard.Task.WaitAsync(cancellationToken);
    }
}
