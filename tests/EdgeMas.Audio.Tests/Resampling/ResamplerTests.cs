using CsCheck;
using EdgeMas.Audio.Resampling;

namespace EdgeMas.Audio.Tests.Resampling;

public sealed class ResamplerTests
{
    [Theory]
    [InlineData(8_000)]
    [InlineData(11_025)]
    [InlineData(16_000)]
    [InlineData(22_050)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    [InlineData(47_999)]
    [InlineData(384_000)]
    public void A_tone_keeps_its_pitch_and_level(int from)
    {
        var output = Resample(TestSound.Sine(1_000, from, from), from, 16_000)[1_000..15_000];

        Assert.InRange(TestSound.Level(output, 1_000, 16_000), 0.495, 0.505);
        Assert.InRange(Residue(output, 1_000), 0, 0.001); // 54 dB below the tone
    }

    [Theory]
    [InlineData(9_500)]
    [InlineData(12_000)]
    [InlineData(20_000)]
    public void What_the_lower_rate_cannot_hold_is_gone_not_folded_back(double hertz)
    {
        var output = Resample(TestSound.Sine(hertz, 48_000, 48_000), 48_000, 16_000)[1_000..15_000];

        Assert.True(output.Max(Math.Abs) < 0.0005, $"{output.Max(Math.Abs)} is left of 0.5");
    }

    [Fact]
    public void A_constant_stays_what_it_is()
    {
        var output = Resample([.. Enumerable.Repeat(0.25f, 44_100)], 44_100, 16_000)[1_000..15_000];

        Assert.All(output, sample => Assert.InRange(sample, 0.24999f, 0.25001f));
    }

    [Fact]
    public void The_same_rate_passes_through_unchanged()
    {
        var input = TestSound.Sine(440, 16_000, 5_000);

        Assert.Equal(input, Resample(input, 16_000, 16_000));
    }

    [Fact]
    public void Length_is_the_ratio_of_the_rates_however_the_input_is_cut() =>
        Gen.Select(Gen.Int[1_000, 96_000], Gen.Int[0, 5_000], Gen.Int[1, 700]).Sample((from, samples, block) =>
        {
            var output = Resample(new float[samples], from, 16_000, block);

            Assert.Equal(((long)samples * 16_000 + from - 1) / from, output.Length);
        }, iter: 40);

    [Fact]
    public void Reading_and_writing_allocate_nothing()
    {
        var resampler = new Resampler(44_100, 16_000, 512);
        var block = new float[512];
        var output = new float[512];
        resampler.Write(block);
        resampler.Read(output);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            resampler.Write(block.AsSpan(0, Math.Min(resampler.Room, block.Length)));
            while (resampler.Read(output) > 0)
            {
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static float[] Resample(float[] input, int from, int to, int block = 512)
    {
        var resampler = new Resampler(from, to, block);
        var output = new List<float>();
        var part = new float[300];
        for (var at = 0; at < input.Length;)
        {
            var taken = Math.Min(Math.Min(block, resampler.Room), input.Length - at);
            resampler.Write(input.AsSpan(at, taken));
            at += taken;
            Drain();
        }
        resampler.Complete();
        Drain();
        return [.. output];

        void Drain()
        {
            while (resampler.Read(part) is var read and > 0)
                output.AddRange(part.AsSpan(0, read));
        }
    }

    /// <summary>Root mean square of what remains without the tone.</summary>
    private static double Residue(float[] samples, double hertz)
    {
        double real = 0, imaginary = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * hertz * i / 16_000);
            real += 2 * samples[i] * cosine / samples.Length;
            imaginary += 2 * samples[i] * sine / samples.Length;
        }
        var sum = 0.0;
        for (var i = 0; i < samples.Length; i++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * hertz * i / 16_000);
            var rest = samples[i] - (real * cosine) - (imaginary * sine);
            sum += rest * rest;
        }
        return Math.Sqrt(sum / samples.Length);
    }
}
