using EdgeMas.Core.Speech;

namespace EdgeMas.Audio.Files;

/// <summary>
/// Sound from a WAV file: PCM of 8, 16, 24 or 32 bits or float, any number of channels up to 32, any rate from 1 to 384 kHz, heard as 16 kHz mono.
/// Memory is bounded whatever the file's length; a header that promises more than the file holds is believed as far as the file goes.
/// </summary>
public sealed class WavAudioSource : IAudioSource
{
    private readonly PcmReader _reader;

    /// <exception cref="AudioFileException">The file cannot be opened or is not sound that can be heard; the message says how to mend it.</exception>
    public WavAudioSource(string file)
    {
        Name = Path.GetFileName(file);
        var stream = SoundFile.Open(file);
        try
        {
            var header = WavHeader.Read(stream, file);
            IsTruncated = header.IsTruncated;
            Duration = TimeSpan.FromSeconds((double)(header.DataBytes / (header.Channels * header.Format.Bytes())) / header.SampleRate);
            _reader = new PcmReader(stream, file, header);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public string Name { get; }

    public int SampleRate => AudioRates.Speech;

    /// <summary>Of the sound that the file really holds.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The header promised more sound than the file holds.</summary>
    public bool IsTruncated { get; }

    public ValueTask<int> ReadAsync(Memory<short> samples, CancellationToken cancellationToken) => _reader.ReadAsync(samples, cancellationToken);

    public ValueTask DisposeAsync() => _reader.DisposeAsync();
}
