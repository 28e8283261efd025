using EdgeMas.Audio.Files;
using EdgeMas.Audio.VoiceActivity;
using EdgeMas.Core.Speech;
using EdgeMas.Testing;

namespace EdgeMas.Audio.Tests.VoiceActivity;

public sealed class UtterancesTests
{
    private readonly string _model = SharedFiles.RequireNative("node_modules/@ricky0123/vad-web/dist/silero_vad_v5.onnx");

    [Fact]
    public async Task A_recorded_order_is_one_utterance_also_without_silence_after_it()
    {
        var sound = await TestSound.ReadAllAsync(new RawAudioSource(SharedFiles.RequireGoForward()));

        var utterance = Assert.Single(await FindAsync(sound[..^3_000]));

        Assert.InRange(utterance.Duration.TotalSeconds, 1.5, 2.8);
    }

    [Fact]
    public async Task Two_orders_with_a_pause_are_two_utterances()
    {
        var sound = await TestSound.ReadAllAsync(new RawAudioSource(SharedFiles.RequireGoForward()));

        Assert.Equal(2, (await FindAsync([.. sound, .. new short[16_000], .. sound])).Count);
    }

    [Theory]
    [InlineData("media/speechcmd_silence_1000ms.wav")]
    [InlineData("media/speechcmd_noise_1000ms.wav")]
    public async Task Silence_and_noise_hold_none(string file) =>
        Assert.Empty(await FindAsync(await TestSound.ReadAllAsync(new WavAudioSource(SharedFiles.Require(file)))));

    [Fact]
    public async Task A_speech_of_11_s_is_cut_at_its_pauses()
    {
        var utterances = await FindAsync(await TestSound.ReadAllAsync(new WavAudioSource(SharedFiles.Require("media/jfk.wav"))));

        Assert.InRange(utterances.Count, 2, 5);
        Assert.InRange(utterances.Sum(utterance => utterance.Duration.TotalSeconds), 7, 11);
    }

    [Fact]
    public async Task A_source_of_another_rate_is_refused()
    {
        using var vad = new SileroVad(_model);
        var source = new OtherRate();

        var error = await Assert.ThrowsAsync<ArgumentException>(async () =>
        {
            await foreach (var utterance in Utterances.ReadAsync(source, vad, new SegmenterOptions(), TestContext.Current.CancellationToken))
                Assert.Fail($"{utterance.Duration}");
        });

        Assert.Contains("44,100", error.Message, StringComparison.Ordinal);
    }

    private async Task<List<AudioClip>> FindAsync(short[] sound)
    {
        using var vad = new SileroVad(_model);
        var utterances = new List<AudioClip>();
        await foreach (var utterance in Utterances.ReadAsync(TestSound.Source(sound), vad, new SegmenterOptions(), TestContext.Current.CancellationToken))
            utterances.Add(utterance);
        return utterances;
    }

    private sealed class OtherRate : IAudioSource
    {
        public string Name => "tape";

        public int SampleRate => 44_100;

        public ValueTask<int> ReadAsync(Memory<short> samples, CancellationToken cancellationToken) => ValueTask.FromResult(0);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
