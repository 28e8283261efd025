using EdgeMas.Audio.Files;
using EdgeMas.Audio.VoiceActivity;
using EdgeMas.Testing;

namespace EdgeMas.Audio.Tests.VoiceActivity;

public sealed class SileroVadTests
{
    private const string Model = "node_modules/@ricky0123/vad-web/dist/silero_vad_v5.onnx";

    private readonly string _model = SharedFiles.RequireNative(Model);

    [Fact]
    public async Task Speech_is_told_from_silence_before_and_after_it()
    {
        var speech = await TestSound.ReadAllAsync(new RawAudioSource(SharedFiles.RequireGoForward()));
        using var vad = new SileroVad(_model);

        var silence = Probabilities(vad, new short[16_000]);
        var spoken = Probabilities(vad, speech);

        Assert.All(silence, probability => Assert.InRange(probability, 0, 0.2f));
        Assert.InRange(spoken.Max(), 0.95f, 1);
        Assert.InRange(spoken.Count(probability => probability > 0.5f) * 0.032, 0.8, 2.5); // seconds: the order takes about 1.6
    }

    [Fact]
    public async Task Noise_is_no_speech()
    {
        var noise = await TestSound.ReadAllAsync(new WavAudioSource(SharedFiles.Require("media/speechcmd_noise_1000ms.wav")));
        using var vad = new SileroVad(_model);

        Assert.All(Probabilities(vad, noise), probability => Assert.InRange(probability, 0, 0.5f));
    }

    [Fact]
    public async Task After_a_reset_the_same_sound_gives_the_same_probabilities()
    {
        var speech = await TestSound.ReadAllAsync(new RawAudioSource(SharedFiles.RequireGoForward()));
        using var vad = new SileroVad(_model);
        var first = Probabilities(vad, speech);

        vad.Reset();

        Assert.Equal(first, Probabilities(vad, speech));
    }

    [Fact]
    public void A_window_allocates_nothing()
    {
        using var vad = new SileroVad(_model);
        var window = new short[vad.WindowSamples];
        vad.Probability(window);
        vad.Probability(window);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
            vad.Probability(window);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_window_of_another_size_is_refused()
    {
        using var vad = new SileroVad(_model);

        Assert.Contains("512", Assert.Throws<ArgumentException>(() => vad.Probability(new short[480])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_model_is_named_with_the_mend()
    {
        using var folder = new TempFolder();
        var file = folder.Write("vad.onnx", [1, 2, 3, 4]);

        var error = Assert.Throws<VoiceModelException>(() => new SileroVad(file));

        Assert.Equal(file, error.Model);
        Assert.Contains("scripts/setup.sh", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_ONNX_model_is_refused()
    {
        var error = Assert.Throws<VoiceModelException>(() => new SileroVad(SharedFiles.Require("models/yolox_nano.onnx")));

        Assert.Contains("not Silero VAD v5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() => Assert.Contains("does not exist", Assert.Throws<VoiceModelException>(() => new SileroVad("none.onnx")).Message, StringComparison.Ordinal);

    private static List<float> Probabilities(SileroVad vad, short[] samples)
    {
        var probabilities = new List<float>();
        for (var at = 0; at + vad.WindowSamples <= samples.Length; at += vad.WindowSamples)
            probabilities.Add(vad.Probability(samples.AsSpan(at, vad.WindowSamples)));
        return probabilities;
    }
}
