using EdgeMas.Audio.Native;
using EdgeMas.Core.Speech;

namespace EdgeMas.Audio.Devices;

/// <summary>
/// A microphone. A thread of its own captures from the moment of construction; the last 2 s wait for the reader, older sound is dropped and counted.
/// </summary>
public sealed class AlsaAudioSource : IAudioSource
{
    private const uint LatencyMicroseconds = 100_000;
    private const int PeriodSamples = AudioRates.Speech / 50;
    private const int WaitMilliseconds = 200;

    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    private readonly PcmHandle _pcm;
    private readonly SampleRing _ring = new(2 * AudioRates.Speech);
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private long _overruns;

    /// <param name="device">An ALSA name as <c>arecord -L</c> lists it, such as <c>default</c> or <c>plughw:1,0</c>.</param>
    /// <exception cref="AudioDeviceException">The device cannot be opened, or offers no 16 kHz mono.</exception>
    public AlsaAudioSource(string device = "default")
    {
        Name = device;
        _pcm = PcmHandle.OpenCapture(device);
        var error = AlsaPcm.snd_pcm_set_params(
            _pcm, AlsaPcm.FormatS16LittleEndian, AlsaPcm.AccessInterleaved, channels: 1, AudioRates.Speech, softResample: 1, LatencyMicroseconds);
        if (error >= 0)
            error = AlsaPcm.snd_pcm_start(_pcm);
        if (error < 0)
            _pcm.Dispose();
        AudioDeviceException.ThrowIfError(error, device, $"capture {AudioRates.Speech:N0} Hz mono");
        _thread = new Thread(Capture) { IsBackground = true, Name = $"capture {device}", Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    public string Name { get; }

    public int SampleRate => AudioRates.Speech;

    /// <summary>How often the device lost sound because this process was late.</summary>
    public long Overruns => Interlocked.Read(ref _overruns);

    /// <summary>Samples dropped because nobody read them in time.</summary>
    public long DroppedSamples => _ring.Dropped;

    /// <exception cref="AudioDeviceException">The device has gone.</exception>
    public ValueTask<int> ReadAsync(Memory<short> samples, CancellationToken cancellationToken) => _ring.ReadAsync(samples, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _stop.Set();
        if (_thread.Join(StopPatience))
        {
            _pcm.Dispose();
            _stop.Dispose();
        }
        _ring.End(null);
        return ValueTask.CompletedTask;
    }

    private void Capture()
    {
        var period = new short[PeriodSamples];
        var started = TimeProvider.System.GetTimestamp();
        var lastSound = started;
        var captured = 0L;
        try
        {
            while (!_stop.IsSet)
            {
                var ready = AlsaPcm.snd_pcm_wait(_pcm, WaitMilliseconds);
                var read = ready > 0 ? AlsaPcm.snd_pcm_readi(_pcm, period, PeriodSamples) : ready;
                if (read < 0 && read != -Errno.TryAgain)
                    Recover(read);
                if (read > 0)
                {
                    lastSound = TimeProvider.System.GetTimestamp();
                    captured += read;
                    _ring.Write(period.AsSpan(0, (int)read));
                }
                else if (TimeProvider.System.GetElapsedTime(lastSound) > SilenceLimit)
                {
                    throw new AudioDeviceException(Name, "read", $"it delivered nothing for {SilenceLimit.TotalSeconds} s");
                }
                Pace(started, captured);
            }
            _ring.End(null);
        }
        catch (AudioDeviceException error)
        {
            _ring.End(error);
        }
    }

    private void Recover(nint error)
    {
        Interlocked.Increment(ref _overruns);
        AudioDeviceException.ThrowIfError(AlsaPcm.snd_pcm_recover(_pcm, (int)error, silent: 1), Name, "read");
        AudioDeviceException.ThrowIfError(AlsaPcm.snd_pcm_start(_pcm), Name, "go on");
    }

    /// <summary>ALSA's null device and file plugin deliver as fast as one reads; a microphone does not.</summary>
    private void Pace(long started, long captured)
    {
        var ahead = TimeSpan.FromSeconds((double)captured / AudioRates.Speech) - TimeProvider.System.GetElapsedTime(started);
        if (ahead > Ahead)
            _stop.Wait(ahead - Ahead);
    }
}
