using EdgeMas.Audio.Agents;
using EdgeMas.Audio.Files;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Speech;
using EdgeMas.Testing;

namespace EdgeMas.Audio.Tests.Agents;

public sealed class HearingTests
{
    [Fact]
    public async Task A_recorded_order_is_heard_and_published_as_untrusted_speech()
    {
        await using var robot = await AudioRobot.StartAsync();

        Assert.Equal(1, await robot.HearAsync(new RawAudioSource(SharedFiles.RequireGoForward())));

        var delivery = Assert.Single(robot.Heard);
        var heard = Assert.IsType<SpeechHeard>(delivery.Message.Data);
        Assert.Equal(("go forward ten meters", "pocketsphinx", "goforward.raw"), (heard.Text, heard.Recognizer, Path.GetFileName(heard.Source)));
        Assert.InRange(heard.AudioSeconds, 1.5, 2.8);
        Assert.InRange(heard.Confidence!.Value, 0.8, 1);
        Assert.Equal((Taint.Speech, Qos.AtLeastOnce, "/agents/audio"), (delivery.Message.Taint, delivery.Qos, delivery.Message.Source));
        Assert.Equal((1L, 0L), (robot.Options.Status.Utterances, robot.Options.Status.NotUnderstood));
    }

    [Theory]
    [InlineData("media/speechcmd_silence_1000ms.wav")]
    [InlineData("media/speechcmd_noise_1000ms.wav")]
    public async Task Silence_and_noise_hold_no_utterance_and_publish_nothing(string sound)
    {
        await using var robot = await AudioRobot.StartAsync();

        Assert.Equal(0, await robot.HearAsync(new WavAudioSource(SharedFiles.Require(sound))));

        Assert.Empty(robot.Heard);
    }

    [Fact]
    public async Task Speech_that_is_no_order_is_published_as_not_understood()
    {
        await using var robot = await AudioRobot.StartAsync();

        var found = await robot.HearAsync(new WavAudioSource(SharedFiles.Require("media/jfk.wav")));

        Assert.InRange(found, 2, 5);
        Assert.Equal(found, robot.Heard.Count);
        Assert.All(robot.Texts, text => Assert.Equal("", text));
        Assert.Equal(found, robot.Options.Status.NotUnderstood);
    }

    [Fact]
    public async Task What_can_be_ordered_follows_the_skills_that_are_there()
    {
        await using var robot = await AudioRobot.StartAsync();
        robot.Registry.Remove("motor");
        await robot.HearAsync(new RawAudioSource(SharedFiles.RequireGoForward()));
        robot.Registry.Add("motor", Recognition.RoverSkills.All.Where(skill => skill.Name != "say"));
        await robot.HearAsync(new RawAudioSource(SharedFiles.RequireGoForward()));

        Assert.Equal(["", "go forward ten meters"], robot.Texts);
    }

    [Fact]
    public async Task A_sound_whose_file_breaks_off_is_reported_to_its_giver_and_the_next_is_heard()
    {
        await using var robot = await AudioRobot.StartAsync();

        var error = await Assert.ThrowsAsync<IOException>(() => robot.HearAsync(new BrokenSource()));
        await robot.HearAsync(new RawAudioSource(SharedFiles.RequireGoForward()));

        Assert.Equal("the disk is gone", error.Message);
        Assert.Equal(["go forward ten meters"], robot.Texts);
        Assert.Equal(("running", 0), (robot.Report.State, robot.Report.Restarts));
    }

    [Fact]
    public async Task A_sound_that_is_taken_back_ends_at_once_and_the_next_is_heard()
    {
        await using var robot = await AudioRobot.StartAsync();
        using var taking = new CancellationTokenSource();
        var endless = robot.HearAsync(new EndlessSilence(), taking.Token);

        await taking.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
        await robot.HearAsync(new RawAudioSource(SharedFiles.RequireGoForward()));
        Assert.Equal(["go forward ten meters"], robot.Texts);
    }

    [Fact]
    public async Task More_sounds_than_may_wait_are_refused_by_name()
    {
        await using var robot = await AudioRobot.StartAsync();
        using var taking = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, SoundFeed.MaxWaiting + 4).Select(_ => robot.HearAsync(new EndlessSilence(), taking.Token)).ToList();

        var refused = waiting.Select(hearing => hearing.Exception?.InnerException).OfType<InvalidOperationException>().ToList();

        Assert.InRange(refused.Count, 3, 4); // one may be taken from the queue already
        Assert.All(refused, refusal => Assert.Contains("'endless'", refusal.Message));
        await taking.CancelAsync();
        foreach (var hearing in waiting)
            await hearing.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task An_agent_that_is_killed_while_it_listens_says_so_to_the_giver_and_its_next_instance_hears()
    {
        await using var robot = await AudioRobot.StartAsync();
        var source = new EndlessSilence();
        var endless = robot.HearAsync(source, TestContext.Current.CancellationToken);
        await Until.TrueAsync(() => source.Reads > 0);

        robot.Kill();

        var error = await Record.ExceptionAsync(() => endless);
        Assert.True(error is InvalidOperationException or OperationCanceledException, $"{error}");
        await Until.TrueAsync(() => robot.Report is { State: "running", Restarts: 1 });
        await robot.HearAsync(new RawAudioSource(SharedFiles.RequireGoForward()));
        Assert.Equal(["go forward ten meters"], robot.Texts);
    }

    [Fact]
    public async Task A_microphone_that_is_unplugged_is_reported_and_opened_again()
    {
        var opened = 0;
        var order = await TestSound.ReadAllAsync(new RawAudioSource(SharedFiles.RequireGoForward()));
        var microphone = new Microphone("usb", () => Interlocked.Increment(ref opened) switch
        {
            1 => throw new IOException("no such device"),
            2 => TestSound.Source([.. order, .. new short[16_000]], "usb"), // and is gone again
            _ => new EndlessSilence(),
        });
        await using var robot = await AudioRobot.StartAsync(options => options with { Microphones = [microphone] });

        await Until.TrueAsync(() => robot.Options.Status.Degraded is { } trouble && trouble.Contains("no such device", StringComparison.Ordinal));
        await Until.TrueAsync(() => !robot.Heard.Count.Equals(0));
        await Until.TrueAsync(() => opened >= 3 && robot.Options.Status.Degraded is null);

        var heard = Assert.IsType<SpeechHeard>(Assert.Single(robot.Heard).Message.Data);
        Assert.Equal(("go forward ten meters", "microphone"), (heard.Text, heard.Source));
    }

    private sealed class EndlessSilence : IAudioSource
    {
        private int _reads;

        internal int Reads => Volatile.Read(ref _reads);

        public string Name => "endless";

        public int SampleRate => AudioRates.Speech;

        public async ValueTask<int> ReadAsync(Memory<short> samples, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _reads);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
            samples.Span.Clear();
            return samples.Length;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class BrokenSource : IAudioSource
    {
        public string Name => "broken";

        public int SampleRate => AudioRates.Speech;

        public ValueTask<int> ReadAsync(Memory<short> samples, CancellationToken cancellationToken) => throw new IOException("the disk is gone");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
