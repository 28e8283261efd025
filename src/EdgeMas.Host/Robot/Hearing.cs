using EdgeMas.Audio.Agents;
using EdgeMas.Audio.Devices;
using EdgeMas.Audio.Files;
using EdgeMas.Audio.Recognition;
using EdgeMas.Audio.Synthesis;
using EdgeMas.Audio.VoiceActivity;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Speech;
using EdgeMas.Core.Time;
using EdgeMas.Core.Topics;
using EdgeMas.Host.Configuration;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Host.Robot;

/// <summary>
/// The robot's ears and voice: the engines, which outlive the audio agent's restarts, and the feed of given sounds. What this machine lacks is left out, with
/// one line that says what to install.
/// </summary>
internal sealed class Hearing : IAsyncDisposable
{
    private readonly AudioAgentOptions? _options;

    private Hearing(AudioAgentOptions? options, IReadOnlyList<string> leftOut) => (_options, LeftOut) = (options, leftOut);

    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>Null where nothing can be heard.</summary>
    public SoundFeed? Feed => _options?.Feed;

    /// <param name="microphone">ALSA device; null for none, empty for the configured one.</param>
    public static Hearing Open(RobotConfiguration configuration, RobotTopics topics, DataFolders folders, string? microphone, ITimeBrake brake, ILoggerFactory loggers)
    {
        var audio = configuration.Audio;
        List<string> leftOut = [];
        if (!configuration.Agents["audio"].Enabled)
            return new Hearing(null, leftOut);
        ISpeechRecognizer recognizer;
        try
        {
            new SileroVad().Dispose();
            recognizer = audio.Recognizer == "whisper"
                ? new WhisperRecognizer(new WhisperOptions(audio.Model!))
                : new PocketSphinxRecognizer(new PocketSphinxOptions(), loggers.CreateLogger("audio"));
        }
        catch (Exception error) when (error is SpeechEngineException or VoiceModelException or IOException or DllNotFoundException)
        {
            return new Hearing(null, [$"audio is left out: {error.Message}"]);
        }
        var device = string.IsNullOrEmpty(microphone) ? audio.Device : microphone;
        var options = new AudioAgentOptions
        {
            Topics = topics,
            Recognizer = recognizer,
            CreateDetector = () => new SileroVad(),
            Microphones = microphone is null ? [] : [new Microphone(device, () => new AlsaAudioSource(device))],
            Segmenter = new SegmenterOptions { Onset = (float)audio.SpeechThreshold, Hangover = audio.TrailingSilence },
            Brake = brake,
            Logger = loggers.CreateLogger("audio"),
        };
        return new Hearing(WithVoice(options, audio, folders, leftOut), leftOut);
    }

    /// <summary>Null where nothing can be heard.</summary>
    public Agent? CreateAgent() => _options is null ? null : new AudioAgent(_options);

    public async ValueTask DisposeAsync()
    {
        if (_options is null)
            return;
        _options.Recognizer.Dispose();
        _options.Synthesizer?.Dispose();
        if (_options.Sink is { } sink)
            await sink.DisposeAsync();
    }

    private static AudioAgentOptions WithVoice(AudioAgentOptions options, AudioConfiguration audio, DataFolders folders, List<string> leftOut)
    {
        if (audio.Sink == "none")
            return options;
        try
        {
            return options with
            {
                Synthesizer = new EspeakSynthesizer(new EspeakOptions { Voice = audio.Voice, WordsPerMinute = audio.WordsPerMinute }),
                Sink = audio.Sink == "wav" ? new WavAudioSink(folders.Speech) : new AlsaAudioSink(audio.Sink),
            };
        }
        catch (Exception error) when (error is SpeechEngineException or IOException or DllNotFoundException)
        {
            leftOut.Add($"the robot has no voice: {error.Message}");
            return options;
        }
    }
}
