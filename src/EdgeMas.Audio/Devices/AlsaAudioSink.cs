using EdgeMas.Audio.Native;
using EdgeMas.Audio.Threads;
using EdgeMas.Core.Speech;

namespace EdgeMas.Audio.Devices;

/// <summary>A loudspeaker. The device is opened for each clip, so that others may use it in between, and played on a thread of its own.</summary>
public sealed class AlsaAudioSink : IAudioSink
{
    private const uint LatencyMicroseconds = 100_000;
    private const int WaitMilliseconds = 200;
    private const int MaxWaits = 15; // 3 s without progress

    private readonly OwnerThread _thread;

    /// <param name="device">An ALSA name as <c>aplay -L</c> lists it.</param>
    public AlsaAudioSink(string device = "default")
    {
        Name = device;
        _thread = new OwnerThread($"playback {device}", () => { });
    }

    public string Name { get; }

    /// <summary>Cancelling stops the sound within 0.2 s.</summary>
    /// <exception cref="AudioDeviceException">The device cannot be opened or refuses the sound.</exception>
    public async ValueTask PlayAsync(AudioClip clip, CancellationToken cancellationToken) =>
        await _thread.RunAsync(token => Play(clip, token), cancellationToken);

    public ValueTask DisposeAsync()
    {
        _thread.Dispose();
        return ValueTask.CompletedTask;
    }

    private int Play(AudioClip clip, CancellationToken cancellationToken)
    {
        using var pcm = PcmHandle.OpenPlayback(Name);
        Check(AlsaPcm.snd_pcm_set_params(
            pcm, AlsaPcm.FormatS16LittleEndian, AlsaPcm.AccessInterleaved, channels: 1, (uint)clip.SampleRate, softResample: 1, LatencyMicroseconds), $"play {clip.SampleRate:N0} Hz mono");
        for (int at = 0, waits = 0; at < clip.Samples.Length;)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                _ = AlsaPcm.snd_pcm_drop(pcm); // the device is closed next; what it says no longer matters
                cancellationToken.ThrowIfCancellationRequested();
            }
            var block = clip.Samples.AsSpan(at, Math.Min(clip.Samples.Length - at, clip.SampleRate / 20));
            var written = AlsaPcm.snd_pcm_writei(pcm, block, (nuint)block.Length);
            if (written > 0)
            {
                at += (int)written;
                waits = 0;
            }
            else if (written is 0 or -Errno.TryAgain)
            {
                _ = AlsaPcm.snd_pcm_wait(pcm, WaitMilliseconds); // an error shows at the next write
                if (++waits > MaxWaits)
                    throw new AudioDeviceException(Name, "play", "it took nothing for 3 s");
            }
            else
            {
                Check(AlsaPcm.snd_pcm_recover(pcm, (int)written, silent: 1), "play");
            }
        }
        Check(AlsaPcm.snd_pcm_nonblock(pcm, 0), "wait for the end of the sound");
        Check(AlsaPcm.snd_pcm_drain(pcm), "wait for the end of the sound");
        return clip.Samples.Length;
    }

    private void Check(long error, string action) => AudioDeviceException.ThrowIfError(error, Name, action);
}
