using EdgeMas.Audio.Native;
using EdgeMas.Audio.Threads;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Speech;

namespace EdgeMas.Audio.Recognition;

/// <summary>
/// whisper.cpp: hears any English sentence, for robots whose orders no grammar lists. What the model itself doubts gives an empty transcript, as it invents
/// sentences where nobody spoke.
/// </summary>
/// <remarks>Any thread; the model lives on a thread of its own. Needs scripts/build-whisper.sh and a model file.</remarks>
public sealed class WhisperRecognizer : ISpeechRecognizer
{
    private const int MaxSamples = 30 * AudioRates.Speech;
    private const int MinSamples = AudioRates.Speech * 11 / 10; // whisper.cpp skips what is shorter than a second

    private readonly WhisperOptions _options;
    private readonly WhisperModel _model;
    private readonly OwnerThread _thread;
    private readonly float[] _sound = new float[MaxSamples]; // used on the thread only

    /// <summary>Loads the model; takes seconds.</summary>
    /// <exception cref="SpeechEngineException">The library is not built, or the model cannot be read; the message says how to mend it.</exception>
    public WhisperRecognizer(WhisperOptions options)
    {
        _options = options;
        _model = new WhisperModel(options.ModelFile, options.Library);
        _thread = new OwnerThread("whisper", _model.Dispose);
    }

    /// <summary>Loads the library, which a recognizer does by itself, to see whether it is there.</summary>
    /// <exception cref="SpeechEngineException">Not built, or built for another machine; the message says how to mend it.</exception>
    public static void RequireLibrary(string? library = null) => WhisperLibrary.Load(library);

    public string Name => "whisper";

    /// <summary>Not used: Whisper knows the language's words.</summary>
    public void SetVocabulary(IReadOnlyList<SkillDescriptor> skills, IReadOnlyList<string> places)
    {
    }

    /// <exception cref="ArgumentException">More than 30 s.</exception>
    public async ValueTask<Transcript> RecognizeAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
    {
        if (samples.Length > MaxSamples)
            throw new ArgumentException($"an utterance has at most 30 s, this has {(double)samples.Length / AudioRates.Speech:F1}", nameof(samples));
        return await _thread.RunAsync(token => Recognize(samples.Span, token), cancellationToken);
    }

    public void Dispose() => _thread.Dispose();

    private Transcript Recognize(ReadOnlySpan<short> samples, CancellationToken cancellationToken)
    {
        var length = Math.Max(samples.Length, MinSamples);
        for (var i = 0; i < samples.Length; i++)
            _sound[i] = samples[i] / 32_768f;
        _sound.AsSpan(samples.Length, length - samples.Length).Clear();
        var heard = _model.Decode(_sound.AsSpan(0, length), _options.Threads, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (heard is null)
            return new Transcript("", null);
        var confidence = Math.Round(Math.Exp(heard.MeanLogProbability) * (1 - heard.NoSpeech), 3);
        var sure = heard.NoSpeech <= _options.MaxNoSpeech && heard.MeanLogProbability >= _options.MinMeanLogProbability;
        return new Transcript(sure ? TranscriptText.Normalize(heard.Text) : "", confidence);
    }
}
