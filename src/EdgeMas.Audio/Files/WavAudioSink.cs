using System.Buffers.Binary;
using System.Runtime.InteropServices;
using EdgeMas.Core.Speech;

namespace EdgeMas.Audio.Files;

/// <summary>
/// A loudspeaker that is a WAV file: clips follow one another in it. The header is brought up to date after each clip, so that the file is whole at any time.
/// </summary>
public sealed class WavAudioSink : IAudioSink
{
    /// <summary>Sound beyond this is refused: a WAV file's sizes have 32 bits, and nobody should fill a disk by talking.</summary>
    public const long MaxBytes = 256L * 1024 * 1024;

    private const int HeaderBytes = 44;

    private readonly string _file;
    private readonly FileStream _stream;
    private int _sampleRate;

    /// <param name="file">Created or overwritten; its folder must exist.</param>
    /// <exception cref="AudioFileException">The file cannot be written.</exception>
    public WavAudioSink(string file)
    {
        _file = file;
        Name = Path.GetFileName(file);
        try
        {
            _stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AudioFileException(file, $"cannot be written: {error.Message}", error);
        }
    }

    public string Name { get; }

    /// <param name="clip">All clips of one file have the first one's rate.</param>
    /// <exception cref="AudioFileException">Another rate than before, too much sound, or a full disk.</exception>
    public async ValueTask PlayAsync(AudioClip clip, CancellationToken cancellationToken)
    {
        if (_sampleRate == 0)
            _sampleRate = clip.SampleRate;
        if (_sampleRate != clip.SampleRate)
            throw new AudioFileException(_file, $"holds {_sampleRate:N0} Hz and cannot take a clip of {clip.SampleRate:N0} Hz");
        var end = Math.Max(_stream.Length, HeaderBytes);
        var bytes = (long)clip.Samples.Length * sizeof(short);
        if (end + bytes > MaxBytes)
            throw new AudioFileException(_file, $"is full: it takes {MaxBytes:N0} bytes");
        try
        {
            _stream.Position = end;
            await _stream.WriteAsync(MemoryMarshal.AsBytes(clip.Samples.AsSpan()).ToArray(), cancellationToken);
            _stream.Position = 0;
            await _stream.WriteAsync(Header(_sampleRate, end + bytes - HeaderBytes), cancellationToken);
            await _stream.FlushAsync(cancellationToken);
        }
        catch (IOException error)
        {
            throw new AudioFileException(_file, $"cannot be written: {error.Message}", error);
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static byte[] Header(int rate, long dataBytes)
    {
        var header = new byte[HeaderBytes];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), (uint)(dataBytes + HeaderBytes - 8));
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(20), 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(22), 1); // mono
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), rate * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(32), sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(34), 16);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(40), (uint)dataBytes);
        return header;
    }
}
