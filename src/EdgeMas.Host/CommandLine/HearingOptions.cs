using System.CommandLine;
using EdgeMas.Audio.Recognition;
using EdgeMas.Audio.VoiceActivity;
using EdgeMas.Core.Speech;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Robot;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Host.CommandLine;

/// <summary>The options by which verbs choose how to hear.</summary>
internal sealed class HearingOptions
{
    private readonly Option<string?> _configuration = new("--config") { Description = "A robot's YAML file: its recognizer, voice activity and devices; PocketSphinx hears that robot's orders" };
    private readonly Option<string?> _recognizer = new("--recognizer") { Description = "pocketsphinx or whisper; without it the robot's, or whisper where a model file is given" };
    private readonly Option<string?> _model = new("--model") { Description = "Whisper's model file (ggml), or PocketSphinx's model folder" };

    public HearingOptions() => _recognizer.AcceptOnlyFromAmong("pocketsphinx", "whisper");

    public Option<bool> Json { get; } = Verb.JsonOption();

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _configuration, _recognizer, _model, Json })
            command.Add(option);
    }

    /// <exception cref="UsageException">The options do not make a recognizer.</exception>
    /// <exception cref="ConfigurationException">The robot's file cannot be used.</exception>
    public (AudioConfiguration Audio, RobotConfiguration? Robot) Read(ParseResult result)
    {
        var robot = result.GetValue(_configuration) is { } file ? ConfigurationReader.Read(file) : null;
        var audio = robot?.Audio ?? ConfigurationReader.DefaultAudio;
        if (result.GetValue(_model) is { } model)
            audio = audio with { Model = model, Recognizer = Directory.Exists(model) ? "pocketsphinx" : "whisper" };
        if (result.GetValue(_recognizer) is { } recognizer)
            audio = audio with { Recognizer = recognizer };
        if (audio is { Recognizer: "whisper", Model: null })
            throw new UsageException("edgemas: whisper needs a model file: add --model ggml-base.bin");
        if (audio.Recognizer == "pocketsphinx" && robot is null)
            throw new UsageException("edgemas: PocketSphinx hears one robot's orders: name it with --config configs/rover-sim.yaml, or take --recognizer whisper --model FILE");
        return (audio, robot);
    }

    /// <exception cref="SpeechEngineException">The engine or its model is not there; the message says how to mend it.</exception>
    public static ISpeechRecognizer Open(AudioConfiguration audio, RobotConfiguration? robot)
    {
        if (audio.Recognizer == "whisper")
            return new WhisperRecognizer(new WhisperOptions(audio.Model!));
        var options = audio.Model is { } folder ? new PocketSphinxOptions { ModelDirectory = folder } : new PocketSphinxOptions();
        var recognizer = new PocketSphinxRecognizer(options, NullLogger.Instance);
        var vocabulary = Vocabulary.Of(robot!);
        recognizer.SetVocabulary(vocabulary.Skills, vocabulary.Places);
        return recognizer;
    }

    public static SegmenterOptions Segmenter(AudioConfiguration audio) => new() { Onset = (float)audio.SpeechThreshold, Hangover = audio.TrailingSilence };
}
