using System.Buffers.Binary;
using EdgeMas.Core.Speech;

namespace EdgeMas.Audio.Tests;

/// <summary>Makes and measures sound.</summary>
internal static class TestSound
{
    internal static float[] Sine(double hertz, int rate, int samples, double amplitude = 0.5) =>
        [.. Enumerable.Range(0, samples).Select(i => (float)(amplitude * Math.Sin(2 * Math.PI * hertz * i / rate)))];

    /// <summary>Amplitude of one frequency in the sound. Source: G. Goertzel, 1958.</summary>
    internal static double Level(ReadOnlySpan<float> samples, double hertz, int rate)
    {
        double real = 0, imaginary = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * hertz * i / rate);
            real += samples[i] * cosine;
            imaginary += samples[i] * sine;
        }
        return 2 * Math.Sqrt((real * real) + (imaginary * imaginary)) / samples.Length;
    }

    internal static async Task<short[]> ReadAllAsync(IAudioSource source)
    {
        var all = new List<short>();
        var block = new short[1_000];
        while (await source.ReadAsync(block, TestContext.Current.CancellationToken) is var read and > 0)
            all.AddRange(block.AsSpan(0, read));
        return [.. all];
    }

    /// <summary>A WAV file's bytes.</summary>
    internal static byte[] Wav(int format, int bits, int channels, int rate, ReadOnlySpan<byte> data, uint? claimedBytes = null)
    {
        var file = new byte[44 + data.Length];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), (uint)(36 + data.Length));
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), (short)format);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), rate * channels * bits / 8);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), (short)(channels * bits / 8));
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), (short)bits);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(40), claimedBytes ?? (uint)data.Length);
        data.CopyTo(file.AsSpan(44));
        return file;
    }

    /// <summary>Samples from memory.</summary>
    internal static IAudioSource Source(short[] samples, string name = "memory") => new MemorySource(samples, name);

    private sealed class MemorySource(short[] samples, string name) : IAudioSource
    {
        private int _at;

        public string Name => name;

        public int SampleRate => AudioRates.Speech;

        public ValueTask<int> ReadAsync(Memory<short> output, CancellationToken cancellationToken)
        {
            var read = Math.Min(output.Length, samples.Length - _at);
            samples.AsMemory(_at, read).CopyTo(output);
            _at += read;
            return ValueTask.FromResult(read);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
