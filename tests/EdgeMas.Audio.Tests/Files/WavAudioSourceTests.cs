using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CsCheck;
using EdgeMas.Audio.Files;
using EdgeMas.Testing;

namespace EdgeMas.Audio.Tests.Files;

public sealed class WavAudioSourceTests : IDisposable
{
    private const int Pcm = 1;
    private const int Float = 3;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Pcm, 8)]
    [InlineData(Pcm, 16)]
    [InlineData(Pcm, 24)]
    [InlineData(Pcm, 32)]
    [InlineData(Float, 32)]
    [InlineData(Float, 64)]
    public async Task Every_sample_format_is_heard_at_its_level(int format, int bits)
    {
        var sine = TestSound.Sine(500, 16_000, 16_000);
        await using var source = new WavAudioSource(_folder.Write("a.wav", TestSound.Wav(format, bits, 1, 16_000, Encode(sine, format, bits))));

        var heard = await TestSound.ReadAllAsync(source);

        Assert.Equal(16_000, heard.Length);
        Assert.Equal(TimeSpan.FromSeconds(1), source.Duration);
        for (var i = 0; i < heard.Length; i++)
            Assert.InRange(heard[i] / 32_768.0, sine[i] - (bits == 8 ? 0.01 : 0.0001), sine[i] + (bits == 8 ? 0.01 : 0.0001));
    }

    [Fact]
    public async Task Channels_are_averaged()
    {
        short[] frames = [1_000, 3_000, -2_000, -4_000];
        await using var source = new WavAudioSource(_folder.Write("a.wav", TestSound.Wav(Pcm, 16, 2, 16_000, MemoryMarshal.AsBytes<short>(frames))));

        Assert.Equal([2_000, -3_000], await TestSound.ReadAllAsync(source));
    }

    [Fact]
    public async Task Another_rate_becomes_16_kHz()
    {
        var sine = TestSound.Sine(500, 44_100, 44_100);
        await using var source = new WavAudioSource(_folder.Write("a.wav", TestSound.Wav(Pcm, 16, 1, 44_100, Encode(sine, Pcm, 16))));

        var heard = await TestSound.ReadAllAsync(source);

        Assert.Equal(16_000, heard.Length);
        Assert.InRange(TestSound.Level(heard.Select(sample => sample / 32_768f).ToArray(), 500, 16_000), 0.495, 0.505);
    }

    [Fact]
    public async Task A_real_file_of_8_bits_and_11025_Hz_is_heard()
    {
        await using var source = new WavAudioSource(SharedFiles.Require("media/ort_self_destruct_button.wav"));

        var heard = await TestSound.ReadAllAsync(source);

        Assert.Equal(source.Duration.TotalSeconds, heard.Length / 16_000.0, 0.001);
        Assert.InRange(heard.Max(sample => (int)sample), 5_000, 32_767);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue)]
    public async Task A_size_left_open_means_the_end_of_the_file(uint claimed)
    {
        var file = _folder.Write("a.wav", TestSound.Wav(Pcm, 16, 1, 16_000, new byte[3_200], claimed));
        await using var source = new WavAudioSource(file);

        Assert.Equal(1_600, (await TestSound.ReadAllAsync(source)).Length);
        Assert.False(source.IsTruncated);
    }

    [Fact]
    public async Task A_header_that_promises_two_gigabytes_is_believed_as_far_as_the_file_goes()
    {
        var file = _folder.Write("a.wav", TestSound.Wav(Pcm, 16, 1, 16_000, new byte[3_201], claimedBytes: 2_000_000_000));
        await using var source = new WavAudioSource(file);

        Assert.True(source.IsTruncated);
        Assert.Equal(1_600, (await TestSound.ReadAllAsync(source)).Length); // half a sample at the end is none
    }

    [Theory]
    [InlineData("", "not a WAV file")]
    [InlineData("RIFF", "not a WAV file")]
    [InlineData("ID3 this is an mp3 file", "not a WAV file")]
    [InlineData("RIFF\0\0\0\0WAVE", "truncated")]
    [InlineData("RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0", "truncated")]
    [InlineData("RIFF\0\0\0\0WAVEdata\x10\0\0\0", "before its 'fmt '")]
    [InlineData("RIFF\0\0\0\0WAVELIST\x7f\x7f\x7f\x7f", "longer than the file")]
    public void A_damaged_header_is_named_with_its_file(string content, string reason)
    {
        var file = _folder.Write("bad.wav", [.. content.Select(letter => (byte)letter)]);

        var error = Assert.Throws<AudioFileException>(() => new WavAudioSource(file));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(file, error.File);
    }

    [Theory]
    [InlineData(2, 4, 1, 16_000, "sox")] // ADPCM
    [InlineData(Pcm, 12, 1, 16_000, "12 bits")]
    [InlineData(Pcm, 16, 0, 16_000, "0 channels")]
    [InlineData(Pcm, 16, 200, 16_000, "200 channels")]
    [InlineData(Pcm, 16, 1, 0, "0 samples a second")]
    [InlineData(Pcm, 16, 1, 2_000_000_000, "samples a second")]
    public void What_cannot_be_heard_is_refused(int format, int bits, int channels, int rate, string reason)
    {
        var file = _folder.Write("a.wav", TestSound.Wav(format, bits, channels, rate, new byte[100]));

        Assert.Contains(reason, Assert.Throws<AudioFileException>(() => new WavAudioSource(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("does not exist", Assert.Throws<AudioFileException>(() => new WavAudioSource(_folder.File("none.wav"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Another_kind_of_file_is_refused_with_the_mend() =>
        Assert.Contains("sox IN OUT.wav", Assert.Throws<AudioFileException>(() => SoundFile.OpenSource("a.mp3")).Message, StringComparison.Ordinal);

    [Fact]
    public void Whatever_bytes_a_file_holds_it_is_heard_or_refused_and_never_runs_on() =>
        Gen.Select(Gen.Byte.Array[0, 60], Gen.Int[0, 44], Gen.Byte).Sample((noise, at, value) =>
        {
            var bytes = TestSound.Wav(Pcm, 16, 1, 16_000, noise);
            bytes[Math.Min(at, bytes.Length - 1)] = value;
            var file = _folder.Write("fuzz.wav", bytes);
            try
            {
                var source = new WavAudioSource(file);
                var block = new short[4_096];
                var reads = 0;
                while (source.ReadAsync(block, CancellationToken.None).AsTask().GetAwaiter().GetResult() > 0)
                    Assert.True(++reads < 1_000);
                source.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
            catch (AudioFileException)
            {
                // refused
            }
        }, iter: 300, threads: 1);

    private static byte[] Encode(float[] samples, int format, int bits)
    {
        var bytes = new byte[samples.Length * bits / 8];
        for (var i = 0; i < samples.Length; i++)
        {
            var at = bytes.AsSpan(i * bits / 8);
            switch (format, bits)
            {
                case (Pcm, 8): at[0] = (byte)((samples[i] * 128) + 128); break;
                case (Pcm, 16): BinaryPrimitives.WriteInt16LittleEndian(at, (short)(samples[i] * 32_768)); break;
                case (Pcm, 24):
                    var value = (int)(samples[i] * 8_388_608);
                    (at[0], at[1], at[2]) = ((byte)value, (byte)(value >> 8), (byte)(value >> 16));
                    break;
                case (Pcm, 32): BinaryPrimitives.WriteInt32LittleEndian(at, (int)(samples[i] * 2_147_483_000.0)); break;
                case (Float, 32): BinaryPrimitives.WriteSingleLittleEndian(at, samples[i]); break;
                default: BinaryPrimitives.WriteDoubleLittleEndian(at, samples[i]); break;
            }
        }
        return bytes;
    }
}
