using EdgeMas.Audio.Files;
using EdgeMas.Audio.Recognition;
using EdgeMas.Audio.VoiceActivity;
using EdgeMas.Core.Speech;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Listening;
using EdgeMas.Host.Robot;
using EdgeMas.Host.Tests.Parts;
using EdgeMas.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Host.Tests.Listening;

public sealed class SoundListenerTests : IDisposable
{
    private readonly string _recording = SharedFiles.RequireGoForward();
    private readonly PocketSphinxRecognizer _recognizer;
    private readonly SoundListener _listener;

    public SoundListenerTests()
    {
        SharedFiles.RequireNative("node_modules/@ricky0123/vad-web/dist/silero_vad_v5.onnx");
        SharedFiles.RequireFile("/usr/share/pocketsphinx/model/en-us", "pocketsphinx-en-us");
        _recognizer = new PocketSphinxRecognizer(new PocketSphinxOptions(), NullLogger.Instance);
        var vocabulary = Vocabulary.Of(ConfigurationReader.Read(Shipped.Rover));
        _recognizer.SetVocabulary(vocabulary.Skills, vocabulary.Places);
        _listener = new SoundListener(_recognizer, new SegmenterOptions());
    }

    public void Dispose()
    {
        _listener.Dispose();
        _recognizer.Dispose();
    }

    [Fact]
    public async Task A_persons_order_is_heard_with_its_place_in_the_sound()
    {
        var moments = new List<SoundMoment>();
        var heard = new List<HeardSpeech>();
        await using var source = new RawAudioSource(_recording);

        await _listener.ListenAsync(source, moments.Add, heard.Add, TestContext.Current.CancellationToken);

        var speech = Assert.Single(heard);
        Assert.Equal("go forward ten meters", speech.Text);
        Assert.InRange(speech.At.TotalSeconds, 0.3, 0.8);
        Assert.Contains(moments, moment => moment.IsSpeech);
        Assert.True(moments.Where(moment => moment.IsSpeech).Max(moment => moment.LevelDb) > moments[0].LevelDb + 15, "speech is louder than the room");
    }

    [Fact]
    public async Task A_source_that_fails_ends_the_listening_with_its_reason()
    {
        var error = await Assert.ThrowsAsync<IOException>(() => _listener.ListenAsync(new Unplugged(), null, _ => { }, TestContext.Current.CancellationToken));

        Assert.Equal("unplugged", error.Message);
    }

    [Fact]
    public async Task Cancelling_ends_the_listening_to_a_source_without_end()
    {
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _listener.ListenAsync(
            new Silence(), moment =>
            {
                if (moment.At > TimeSpan.FromSeconds(3))
                    stop.Cancel();
            }, _ => { }, stop.Token));
    }

    private sealed class Unplugged : Source
    {
        public override ValueTask<int> ReadAsync(Memory<short> samples, CancellationToken cancellationToken) => throw new IOException("unplugged");
    }

    private sealed class Silence : Source
    {
        public override ValueTask<int> ReadAsync(Memory<short> samples, CancellationToken cancellationToken)
        {
            samples.Span.Clear();
            return ValueTask.FromResult(samples.Length);
        }
    }

    private abstract class Source : IAudioSource
    {
        public string Name => "test";

        public int SampleRate => 16_000;

        public abstract ValueTask<int> ReadAsync(Memory<short> samples, CancellationToken cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
