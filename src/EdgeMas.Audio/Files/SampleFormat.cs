using System.Buffers.Binary;

namespace EdgeMas.Audio.Files;

/// <summary>How one channel's sample is stored.</summary>
internal enum SampleFormat
{
    Unsigned8,
    Signed16,
    Signed24,
    Signed32,
    Float32,
    Float64,
}

internal static class SampleFormats
{
    internal static int Bytes(this SampleFormat format) => format switch
    {
        SampleFormat.Unsigned8 => 1,
        SampleFormat.Signed16 => 2,
        SampleFormat.Signed24 => 3,
        SampleFormat.Float64 => 8,
        _ => 4,
    };

    /// <summary>Averages the channels of each frame, −1 to 1.</summary>
    /// <returns>Frames written: whole ones only.</returns>
    internal static int ToMono(this SampleFormat format, ReadOnlySpan<byte> data, int channels, Span<float> mono)
    {
        var width = format.Bytes();
        var frames = Math.Min(data.Length / (width * channels), mono.Length);
        for (var frame = 0; frame < frames; frame++)
        {
            var sum = 0f;
            for (var channel = 0; channel < channels; channel++)
                sum += ReadOne(format, data[(((frame * channels) + channel) * width)..]);
            mono[frame] = sum / channels;
        }
        return frames;
    }

    private static float ReadOne(SampleFormat format, ReadOnlySpan<byte> data) => format switch
    {
        SampleFormat.Unsigned8 => (data[0] - 128) / 128f,
        SampleFormat.Signed16 => BinaryPrimitives.ReadInt16LittleEndian(data) / 32_768f,
        SampleFormat.Signed24 => ((data[0] << 8) | (data[1] << 16) | (data[2] << 24)) / 2_147_483_648f,
        SampleFormat.Signed32 => BinaryPrimitives.ReadInt32LittleEndian(data) / 2_147_483_648f,
        SampleFormat.Float32 => Bounded(BinaryPrimitives.ReadSingleLittleEndian(data)),
        _ => Bounded((float)BinaryPrimitives.ReadDoubleLittleEndian(data)),
    };

    /// <summary>A file may hold anything, also numbers that are none.</summary>
    private static float Bounded(float value) => float.IsFinite(value) ? Math.Clamp(value, -1, 1) : 0;
}
