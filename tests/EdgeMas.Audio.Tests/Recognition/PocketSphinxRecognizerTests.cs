using EdgeMas.Audio.Files;
using EdgeMas.Audio.Recognition;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Speech;
using EdgeMas.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Audio.Tests.Recognition;

public sealed class PocketSphinxRecognizerTests : IDisposable
{
    private const string TestData = "/usr/share/pocketsphinx/test/data/";

    private readonly PocketSphinxRecognizer _recognizer;

    public PocketSphinxRecognizerTests()
    {
        SharedFiles.RequireFile("/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict", "pocketsphinx-en-us");
        _recognizer = new PocketSphinxRecognizer(new PocketSphinxOptions(), NullLogger.Instance);
        _recognizer.SetVocabulary(RoverSkills.All, RoverSkills.Places);
    }

    public void Dispose() => _recognizer.Dispose();

    [Fact]
    public async Task The_recorded_order_is_heard_word_for_word()
    {
        var transcript = await HearAsync(SharedFiles.RequireGoForward());

        Assert.Equal("go forward ten meters", transcript.Text);
        Assert.InRange(transcript.Confidence!.Value, 0.8, 1);
    }

    [Theory]
    [InlineData(0.05, 0)] // whispered
    [InlineData(1, 100)] // with a fan beside
    [InlineData(1, 300)]
    public async Task It_is_heard_soft_and_in_noise(double gain, double noise)
    {
        var random = new Random(1);
        var sound = await TestSound.ReadAllAsync(new RawAudioSource(SharedFiles.RequireGoForward()));
        short[] changed = [.. sound.Select(sample => (short)Math.Clamp((sample * gain) + (noise * Gauss(random)), short.MinValue, short.MaxValue))];

        Assert.Equal("go forward ten meters", (await _recognizer.RecognizeAsync(changed, TestContext.Current.CancellationToken)).Text);
    }

    [Theory]
    [InlineData("numbers.raw")]
    [InlineData("something.raw")]
    [InlineData("tidigits/dhd.2934z.raw")]
    [InlineData("cards/001.wav")]
    [InlineData("cards/004.wav")] // "five five", near to "find the light"
    [InlineData("cards/005.wav")]
    [InlineData("librivox/sense_and_sensibility_01_austen_64kb-0880.wav")]
    public async Task Speech_that_is_no_order_is_not_understood(string file) =>
        Assert.Equal("", (await HearAsync(SharedFiles.RequireFile(TestData + file, "pocketsphinx-testdata"))).Text);

    [Theory]
    [InlineData("speechcmd_silence_1000ms.wav")]
    [InlineData("speechcmd_noise_1000ms.wav")]
    [InlineData("speechcmd_yes_1000ms.wav")]
    [InlineData("speechcmd_no_1000ms.wav")]
    [InlineData("jfk.wav")]
    [InlineData("ort_self_destruct_button.wav")]
    public async Task Silence_noise_and_speeches_are_not_understood(string file) => Assert.Equal("", (await HearAsync(SharedFiles.Require($"media/{file}"))).Text);

    [Fact]
    public async Task Loud_noise_and_a_siren_are_not_understood()
    {
        var random = new Random(2);
        short[] noise = [.. Enumerable.Range(0, 48_000).Select(_ => (short)(3_000 * Gauss(random)))];
        short[] siren = [.. TestSound.Sine(700, 16_000, 48_000).Select(sample => (short)(sample * 32_767))];

        Assert.Equal("", (await _recognizer.RecognizeAsync(noise, TestContext.Current.CancellationToken)).Text);
        Assert.Equal("", (await _recognizer.RecognizeAsync(siren, TestContext.Current.CancellationToken)).Text);
    }

    [Fact]
    public async Task What_was_heard_before_changes_nothing()
    {
        var first = await HearAsync(SharedFiles.RequireGoForward());
        await HearAsync(SharedFiles.Require("media/jfk.wav"));

        Assert.Equal(first, await HearAsync(SharedFiles.RequireGoForward()));
    }

    [Fact]
    public async Task A_skill_that_went_away_is_no_longer_heard()
    {
        _recognizer.SetVocabulary([.. RoverSkills.All.Where(skill => skill.Name != "drive")], RoverSkills.Places);

        Assert.Equal("", (await HearAsync(SharedFiles.RequireGoForward())).Text);
    }

    [Fact]
    public async Task Without_skills_only_the_orders_that_end_a_mission_are_left()
    {
        _recognizer.SetVocabulary([], []);

        Assert.Equal("", (await HearAsync(SharedFiles.RequireGoForward())).Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(160)]
    public async Task A_sound_of_almost_nothing_is_not_understood(int samples) =>
        Assert.Equal("", (await _recognizer.RecognizeAsync(new short[samples], TestContext.Current.CancellationToken)).Text);

    [Fact]
    public async Task More_than_30_s_are_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await _recognizer.RecognizeAsync(new short[(30 * 16_000) + 1], TestContext.Current.CancellationToken));

    [Fact]
    public void What_cannot_be_heard_is_told()
    {
        var robot = RoverSkills.Make("brew", new SkillSchema().Place("place"), "brew zzyzx at {place}", "brew at {place}");

        _recognizer.SetVocabulary([robot, .. RoverSkills.All], ["dock", "qwrtzk shed"]);

        Assert.Contains("place 'qwrtzk shed': 'qwrtzk' is not in the pronunciation dictionary", _recognizer.LeftOut);
        Assert.Contains(_recognizer.LeftOut, sentence => sentence.StartsWith("skill 'brew', phrase 'brew zzyzx", StringComparison.Ordinal));
        Assert.DoesNotContain(_recognizer.LeftOut, sentence => sentence.Contains("'brew at", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_model_is_named_with_its_package()
    {
        var error = Assert.Throws<SpeechEngineException>(() => new PocketSphinxRecognizer(new PocketSphinxOptions { ModelDirectory = "/nowhere" }, NullLogger.Instance));

        Assert.Contains("/nowhere", error.Message, StringComparison.Ordinal);
        Assert.Contains("pocketsphinx-en-us", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_it_was_disposed_a_call_fails_and_does_not_crash()
    {
        _recognizer.Dispose();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _recognizer.RecognizeAsync(new short[16_000], TestContext.Current.CancellationToken));
    }

    private async Task<Transcript> HearAsync(string file)
    {
        await using var source = SoundFile.OpenSource(file);
        return await _recognizer.RecognizeAsync(await TestSound.ReadAllAsync(source), TestContext.Current.CancellationToken);
    }

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
