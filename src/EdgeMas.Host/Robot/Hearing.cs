using EdgeMas.Audio.Agents;
using EdgeMas.Audio.Devices;
using EdgeMas.Audio.Files;
using EdgeMas.Audio.Recognition;
using EdgeMas.Audio.Synthesis;
using EdgeMas.Audio.VoiceActivity;
using EdgeMas.Core.Speech;
using EdgeMas.Core.Time;
using EdgeMas.Core.Topics;
using EdgeMas.Host.Configuration;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Host.Robot;

/// <summary>The engines of ears and voice. They outlive the audio agent's restarts.</summary>
internal sealed class Hearing : IAsyncDisposable
{
    private readonly ISpeechRecognizer _recognizer;
    private readonly ISpeechSynthesizer? _synthesizer;
    private readonly IAudioSink? _sink;

    private Hearing(ISpeechRecognizer recognizer, ISpeechSynthesizer? synthesizer, IAudioSink? sink, AudioAgentOptions options)
    {
        (_recognizer, _synthesizer, _sink) = (recognizer, synthesizer, sink);
        Options = options;
    }

    public AudioAgentOptions Options { get; }

    /// <summary>Sound that is played into the robot's ears.</summary>
    public SoundFeed Feed => Options.Feed;

    /// <param name="microphone">ALSA device; null to hear only what is fed.</param>
    /// <param name="leftOut">Gets one line for each part that this machine lacks.</param>
    /// <returns>Null where nothing can be recognized.</returns>
    public static Hearing? TryCreate(
        RobotConfiguration configuration, RobotTopics topics, string? microphone, DataFolders folders, ITimeBrake brake, ILoggerFactory loggers, List<string> leftOut)
    {
        var audio = configuration.Audio;
        var logger = loggers.CreateLogger("audio");
        ISpeechRecognizer recognizer;
        try
        {
            new SileroVad().Dispose(); // says now what is missing, rather than at the first sound
            recognizer = CreateRecognizer(audio, logger);
        }
        catch (Exception error) when (error is SpeechEngineException or VoiceModelException or DllNotFoundException)
        {
            leftOut.Add($"audio is left out: {error.Message}");
            return null;
        }
        var sink = CreateSink(audio, folders);
        var options = new AudioAgentOptions
        {
            Topics = topics,
            Recognizer = recognizer,
            CreateDetector = () => new SileroVad(),
            Microphones = microphone is null ? [] : [new Microphone(microphone, () => new AlsaAudioSource(microphone))],
            Synthesizer = sink is null ? null : CreateSynthesizer(audio, leftOut),
            Sink = sink,
            Segmenter = new SegmenterOptions { Onset = (float)audio.SpeechThreshold, Hangover = audio.TrailingSilence },
            Brake = brake,
            Logger = logger,
        };
        return new Hearing(recognizer, options.Synthesizer, sink, options);
    }

    public async ValueTask DisposeAsync()
    {
        _recognizer.Dispose();
        _synthesizer?.Dispose();
        if (_sink is not null)
            await _sink.DisposeAsync();
    }

    internal static ISpeechRecognizer CreateRecognizer(AudioConfiguration audio, ILogger logger) =>
        audio.Recognizer == "whisper" ? new WhisperRecognizer(new WhisperOptions(audio.Model!)) : new PocketSphinxRecognizer(new PocketSphinxOptions(), logger);

    private static ISpeechSynthesizer? CreateSynthesizer(AudioConfiguration audio, List<string> leftOut)
    {
        try
        {
            return new EspeakSynthesizer(new EspeakOptions { Voice = audio.Voice, WordsPerMinute = audio.WordsPerMinute });
        }
        catch (Exception error) when (error is SpeechEngineException or DllNotFoundException)
        {
            leftOut.Add($"the voice is left out: {error.Message}");
            return null;
        }
    }

    private static IAudioSink? CreateSink(AudioConfiguration audio, DataFolders folders) => audio.Sink switch
    {
        "none" => null,
        "wav" => new WavAudioSink(folders.Speech),
        var device => new AlsaAudioSink(device),
    };
}
