using EdgeMas.Audio.Agents;
using EdgeMas.Audio.Files;
using EdgeMas.Audio.Synthesis;
using EdgeMas.Core.Events;
using EdgeMas.Core.Speech;
using EdgeMas.Testing;

namespace EdgeMas.Audio.Tests.Agents;

[Collection(AloneCollection.Name)] // espeak-ng is one in a process
public sealed class SpeakingTests
{
    [Fact]
    public async Task A_text_on_its_topic_is_spoken_with_a_real_voice_and_can_be_understood()
    {
        using var folder = new TempFolder();
        var file = folder.File("speech.wav");
        using var voice = new EspeakSynthesizer(new EspeakOptions());
        await using (var robot = await AudioRobot.StartAsync(options => options with { Synthesizer = voice, Sink = new WavAudioSink(file) }))
        {
            robot.Say(new SayRequest("go forward ten meters"));
            await Until.TrueAsync(() => robot.Options.Status.Spoken == 1);
            await robot.Options.Sink!.DisposeAsync();
            await robot.HearAsync(new WavAudioSource(file));

            Assert.Equal(["go forward ten meters"], robot.Texts);
        }
    }

    [Fact]
    public async Task The_skill_returns_when_the_text_was_spoken_and_texts_are_spoken_one_after_another()
    {
        var loudspeaker = new Loudspeaker();
        await using var robot = await SpeakingRobotAsync(loudspeaker);

        var outcomes = await Task.WhenAll(robot.CallSayAsync("one"), robot.CallSayAsync("two"), robot.CallSayAsync("three"));

        Assert.All(outcomes, outcome => Assert.True(outcome.Succeeded, outcome.Reason));
        Assert.Equal(["one", "three", "two"], loudspeaker.Played.Order(StringComparer.Ordinal));
        Assert.Equal(1, loudspeaker.MostAtOnce);
    }

    [Fact]
    public async Task An_empty_text_a_late_one_and_what_is_no_text_are_not_spoken()
    {
        var loudspeaker = new Loudspeaker();
        await using var robot = await SpeakingRobotAsync(loudspeaker);

        robot.Say(new SayRequest("  "));
        robot.Say(new SayRequest("too late"), TimeProvider.System.GetUtcNow().AddSeconds(-1));
        robot.Say(42);
        var empty = await robot.CallSayAsync(" ");
        await robot.CallSayAsync("last");

        Assert.Contains("empty", empty.Reason);
        Assert.Equal(["last"], loudspeaker.Played);
    }

    [Fact]
    public async Task A_robot_without_a_voice_says_that_nobody_could_hear_it()
    {
        await using var robot = await AudioRobot.StartAsync();

        var outcome = await robot.CallSayAsync("hello");

        Assert.True(outcome.Succeeded);
        Assert.Contains("no voice", outcome.Reason);
    }

    [Fact]
    public async Task More_texts_than_may_wait_are_refused_and_counted()
    {
        var loudspeaker = new Loudspeaker { Gate = new TaskCompletionSource() };
        await using var robot = await SpeakingRobotAsync(loudspeaker);

        robot.Say(new SayRequest("a long story"));
        await Until.TrueAsync(() => loudspeaker.AtOnce == 1);
        for (var i = 0; i < 20; i++)
            robot.Say(new SayRequest($"text {i}"));
        await Until.TrueAsync(() => robot.Options.Status.RefusedTexts == 12);
        var refused = await robot.CallSayAsync("one more");
        loudspeaker.Gate.SetResult();

        Assert.False(refused.Succeeded);
        Assert.Contains("wait to be spoken already", refused.Reason);
        await Until.TrueAsync(() => robot.Options.Status.Spoken == 9);
        Assert.Equal(13, robot.Options.Status.RefusedTexts);
    }

    [Fact]
    public async Task A_loudspeaker_that_fails_fails_the_call_with_its_reason_and_not_the_agent()
    {
        var loudspeaker = new Loudspeaker { Trouble = "the cable is out" };
        await using var robot = await SpeakingRobotAsync(loudspeaker);

        var outcome = await robot.CallSayAsync("hello");
        Assert.Equal((false, "the cable is out"), (outcome.Succeeded, outcome.Reason));
        Assert.Equal("voice: the cable is out", robot.Options.Status.Degraded);

        loudspeaker.Trouble = null;
        Assert.True((await robot.CallSayAsync("hello again")).Succeeded);
        Assert.Null(robot.Options.Status.Degraded);
        Assert.Equal(("running", 0), (robot.Report.State, robot.Report.Restarts));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_ends_while_the_text_is_spoken()
    {
        var loudspeaker = new Loudspeaker { Gate = new TaskCompletionSource() };
        await using var robot = await SpeakingRobotAsync(loudspeaker);
        using var cancelling = new CancellationTokenSource();
        var call = robot.CallSayAsync("a long story", cancelling.Token);
        await Until.TrueAsync(() => loudspeaker.AtOnce == 1);

        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Until.TrueAsync(() => loudspeaker.AtOnce == 0);
        loudspeaker.Gate.SetResult();
        Assert.True((await robot.CallSayAsync("next")).Succeeded);
    }

    [Fact]
    public async Task The_microphone_is_deaf_while_the_robot_itself_speaks()
    {
        var loudspeaker = new Loudspeaker { Gate = new TaskCompletionSource() };
        var order = await TestSound.ReadAllAsync(new RawAudioSource(SharedFiles.RequireGoForward()));
        var echo = new Echo(order, loudspeaker);
        await using var robot = await AudioRobot.StartAsync(options => options with
        {
            Synthesizer = new Phrase(), Sink = loudspeaker, Microphones = [new Microphone("room", () => echo)], EchoTail = TimeSpan.FromMilliseconds(50),
        });
        await Until.TrueAsync(() => robot.Texts.Contains("go forward ten meters")); // it hears when it is quiet itself

        var speaking = robot.CallSayAsync("go forward ten meters");
        await Until.TrueAsync(() => loudspeaker.AtOnce == 1);
        var found = Found();
        await Until.TrueAsync(() => echo.RoundsWhileSpeaking >= 12); // the order came twelve times more
        loudspeaker.Gate.SetResult();
        await speaking;

        Assert.InRange(Found(), found, found + 6); // when it began to speak, four may have waited, and one been under way on either side of them

        long Found() => robot.Options.Status.Utterances + robot.Options.Status.DroppedUtterances;
    }

    private static Task<AudioRobot> SpeakingRobotAsync(Loudspeaker loudspeaker) =>
        AudioRobot.StartAsync(options => options with { Synthesizer = new Phrase(), Sink = loudspeaker, EchoTail = TimeSpan.Zero });

    /// <summary>A text as a clip that a <see cref="Loudspeaker"/> can read back: these tests are about order and trouble, not about sound.</summary>
    private sealed class Phrase : ISpeechSynthesizer
    {
        public ValueTask<AudioClip> SynthesizeAsync(string text, CancellationToken cancellationToken) => ValueTask.FromResult(new AudioClip([.. text.Select(letter => (short)letter)], AudioRates.Speech));

        public void Dispose()
        {
        }
    }

    private sealed class Loudspeaker : IAudioSink
    {
        private readonly List<string> _played = [];
        private int _atOnce;

        internal TaskCompletionSource? Gate { get; init; }

        internal string? Trouble { get; set; }

        internal int AtOnce => Volatile.Read(ref _atOnce);

        internal int MostAtOnce { get; private set; }

        internal IReadOnlyList<string> Played
        {
            get
            {
                lock (_played)
                    return [.. _played];
            }
        }

        public string Name => "loudspeaker";

        public async ValueTask PlayAsync(AudioClip clip, CancellationToken cancellationToken)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _atOnce));
            try
            {
                if (Trouble is not null)
                    throw new IOException(Trouble);
                if (Gate is not null)
                    await Gate.Task.WaitAsync(cancellationToken);
                lock (_played)
                    _played.Add(string.Concat(clip.Samples.Select(sample => (char)sample)));
            }
            finally
            {
                Interlocked.Decrement(ref _atOnce);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>A room in which the order is said again and again, with pauses; the loudspeaker's time to speak is told from it.</summary>
    private sealed class Echo(short[] order, Loudspeaker loudspeaker) : IAudioSource
    {
        private readonly short[] _round = [.. order, .. new short[24_000]];
        private int _at;
        private bool _isWholeRound;
        private int _rounds;

        internal int RoundsWhileSpeaking => Volatile.Read(ref _rounds);

        public string Name => "room";

        public int SampleRate => AudioRates.Speech;

        public async ValueTask<int> ReadAsync(Memory<short> samples, CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken); // many times as fast as life
            if (_at == _round.Length)
            {
                if (_isWholeRound && loudspeaker.AtOnce == 1)
                    Interlocked.Increment(ref _rounds);
                (_at, _isWholeRound) = (0, loudspeaker.AtOnce == 1);
            }
            var read = Math.Min(samples.Length, _round.Length - _at);
            _round.AsMemory(_at, read).CopyTo(samples);
            _at += read;
            return read;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
