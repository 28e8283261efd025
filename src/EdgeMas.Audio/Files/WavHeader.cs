using System.Buffers.Binary;
using System.Text;

namespace EdgeMas.Audio.Files;

/// <summary>What a WAV file's header says, checked. Source: "Multimedia Programming Interface and Data Specifications 1.0" and <c>mmreg.h</c>.</summary>
/// <param name="DataBytes">Bytes of sound after the header, as far as the file really holds them.</param>
/// <param name="IsTruncated">The header promised more than the file holds.</param>
internal readonly record struct WavHeader(SampleFormat Format, int Channels, int SampleRate, long DataBytes, bool IsTruncated)
{
    private const int MaxChannels = 32;
    private const int MinRate = 1_000;
    private const int MaxRate = 384_000;
    private const int MaxChunks = 64;
    private const int FormatPcm = 1;
    private const int FormatFloat = 3;
    private const int FormatExtensible = 0xFFFE;

    /// <summary>Reads up to the first byte of sound.</summary>
    /// <exception cref="AudioFileException">Not a WAV file, or one that cannot be heard here.</exception>
    internal static WavHeader Read(Stream stream, string file)
    {
        Span<byte> head = stackalloc byte[12];
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !Is(head, "RIFF") || !Is(head[8..], "WAVE"))
            throw new AudioFileException(file, "not a WAV file. Convert it: 'sox IN OUT.wav'; samples without header are read as .raw (16 kHz, 16-bit, mono)");
        (SampleFormat Format, int Channels, int Rate)? format = null;
        Span<byte> chunk = stackalloc byte[8];
        for (var i = 0; i < MaxChunks; i++)
        {
            if (stream.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false) < chunk.Length)
                throw new AudioFileException(file, format is null ? "ends before its 'fmt ' chunk: it is truncated" : "holds no 'data' chunk: it is truncated");
            var size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (Is(chunk, "fmt "))
                format = ReadFormat(stream, size, file);
            else if (Is(chunk, "data"))
                return WithData(stream, size, format ?? throw new AudioFileException(file, "its 'data' comes before its 'fmt ' chunk"));
            else
                Skip(stream, size + (size & 1), file); // chunks are padded to even sizes
        }
        throw new AudioFileException(file, $"more than {MaxChunks} chunks before the sound");
    }

    private static WavHeader WithData(Stream stream, uint size, (SampleFormat Format, int Channels, int Rate) format)
    {
        var present = stream.Length - stream.Position;
        var open = size is 0 or uint.MaxValue; // written by a program that could not seek back: the sound goes to the end of the file
        return new WavHeader(format.Format, format.Channels, format.Rate, open ? present : Math.Min(size, present), !open && size > present);
    }

    private static (SampleFormat Format, int Channels, int Rate) ReadFormat(Stream stream, uint size, string file)
    {
        const int Plain = 16;
        const int Extensible = 40;
        if (size is < Plain or > 4_096)
            throw new AudioFileException(file, $"its 'fmt ' chunk has {size:N0} bytes, expected 16 to 40");
        Span<byte> body = stackalloc byte[Extensible];
        body = body[..(int)Math.Min(size, Extensible)];
        if (stream.ReadAtLeast(body, body.Length, throwOnEndOfStream: false) < body.Length)
            throw new AudioFileException(file, "ends in its 'fmt ' chunk: it is truncated");
        Skip(stream, size + (size & 1) - body.Length, file);
        int tag = BinaryPrimitives.ReadUInt16LittleEndian(body);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(body[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(body[4..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(body[14..]);
        if (tag == FormatExtensible && body.Length == Extensible)
            tag = BinaryPrimitives.ReadUInt16LittleEndian(body[24..]);
        if (channels is 0 or > MaxChannels)
            throw new AudioFileException(file, $"{channels} channels; 1 to {MaxChannels} can be heard");
        if (rate is < MinRate or > MaxRate)
            throw new AudioFileException(file, $"{rate:N0} samples a second; {MinRate:N0} to {MaxRate:N0} can be heard");
        return (FormatOf(tag, bits, file), channels, (int)rate);
    }

    private static SampleFormat FormatOf(int tag, int bits, string file) => (tag, bits) switch
    {
        (FormatPcm, 8) => SampleFormat.Unsigned8,
        (FormatPcm, 16) => SampleFormat.Signed16,
        (FormatPcm, 24) => SampleFormat.Signed24,
        (FormatPcm, 32) => SampleFormat.Signed32,
        (FormatFloat, 32) => SampleFormat.Float32,
        (FormatFloat, 64) => SampleFormat.Float64,
        _ => throw new AudioFileException(
            file, $"encoding {tag} with {bits} bits is not read here; PCM of 8, 16, 24, 32 bits and float are. Convert it: 'sox IN -b 16 -e signed OUT.wav'"),
    };

    private static void Skip(Stream stream, long bytes, string file)
    {
        if (bytes > stream.Length - stream.Position)
            throw new AudioFileException(file, "a chunk before the sound is longer than the file: it is truncated or not a WAV file");
        stream.Seek(bytes, SeekOrigin.Current);
    }

    private static bool Is(ReadOnlySpan<byte> id, string name)
    {
        Span<byte> wanted = stackalloc byte[4];
        Encoding.ASCII.GetBytes(name, wanted);
        return id[..4].SequenceEqual(wanted);
    }
}
