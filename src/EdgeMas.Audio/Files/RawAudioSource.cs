using EdgeMas.Core.Speech;

namespace EdgeMas.Audio.Files;

/// <summary>Samples without a header: 16 kHz, mono, 16-bit, little-endian. Memory is bounded whatever the file's length.</summary>
public sealed class RawAudioSource : IAudioSource
{
    private readonly PcmReader _reader;

    /// <exception cref="AudioFileException">The file cannot be opened.</exception>
    public RawAudioSource(string file)
    {
        Name = Path.GetFileName(file);
        var stream = SoundFile.Open(file);
        _reader = new PcmReader(stream, file, new WavHeader(SampleFormat.Signed16, Channels: 1, AudioRates.Speech, stream.Length, IsTruncated: false));
    }

    public string Name { get; }

    public int SampleRate => AudioRates.Speech;

    public ValueTask<int> ReadAsync(Memory<short> samples, CancellationToken cancellationToken) => _reader.ReadAsync(samples, cancellationToken);

    public ValueTask DisposeAsync() => _reader.DisposeAsync();
}
