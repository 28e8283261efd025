using EdgeMas.Audio.Native;
using EdgeMas.Audio.Threads;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Speech;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Audio.Recognition;

/// <summary>
/// Hears orders only: a grammar made from the skills, and beside it a loop of common words that tells other speech and noise apart, which give an empty
/// transcript. Needs no download, and about 0.2 s for each second of speech on one x86 core.
/// </summary>
/// <remarks>Any thread; the decoder lives on a thread of its own.</remarks>
public sealed partial class PocketSphinxRecognizer : ISpeechRecognizer
{
    private const string Orders = "orders";
    private const string Speech = "speech";
    private const int MaxSamples = 30 * AudioRates.Speech;

    private static readonly Transcript NotUnderstood = new("", 0);

    private readonly PocketSphinxOptions _options;
    private readonly ILogger _logger;
    private readonly SphinxDecoder _decoder;
    private readonly OwnerThread _thread;
    private volatile IReadOnlyList<string> _leftOut = [];
    private bool _hasGrammar; // used on the thread only

    /// <exception cref="SpeechEngineException">PocketSphinx or its model is not installed.</exception>
    public PocketSphinxRecognizer(PocketSphinxOptions options, ILogger logger)
    {
        _options = options;
        _logger = logger;
        _decoder = new SphinxDecoder(options.ModelDirectory);
        _decoder.SetGrammar(Speech, CommonWords.Grammar(_decoder.HasWord));
        _thread = new OwnerThread("pocketsphinx", _decoder.Dispose);
    }

    public string Name => "pocketsphinx";

    /// <summary>What of the last vocabulary cannot be heard and why, one sentence each.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    /// <summary>Takes effect before the next utterance.</summary>
    /// <exception cref="SpeechEngineException">The grammar is refused.</exception>
    public void SetVocabulary(IReadOnlyList<SkillDescriptor> skills, IReadOnlyList<string> places) =>
        _thread.RunAsync(_ => SetGrammar(skills, places), CancellationToken.None).GetAwaiter().GetResult();

    /// <exception cref="ArgumentException">More than 30 s.</exception>
    public async ValueTask<Transcript> RecognizeAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
    {
        if (samples.Length > MaxSamples)
            throw new ArgumentException($"an utterance has at most 30 s, this has {(double)samples.Length / AudioRates.Speech:F1}", nameof(samples));
        return await _thread.RunAsync(token => Recognize(samples.Span, token), cancellationToken);
    }

    public void Dispose() => _thread.Dispose();

    private bool SetGrammar(IReadOnlyList<SkillDescriptor> skills, IReadOnlyList<string> places)
    {
        var grammar = new CommandGrammarWriter(_decoder.HasWord, _options.Things, _options.Always).Write(skills, places);
        _leftOut = grammar.LeftOut;
        foreach (var sentence in grammar.LeftOut)
            LogLeftOut(sentence);
        if (grammar.Jsgf is not null)
            _decoder.SetGrammar(Orders, grammar.Jsgf);
        _hasGrammar = grammar.Jsgf is not null;
        return _hasGrammar;
    }

    private Transcript Recognize(ReadOnlySpan<short> samples, CancellationToken cancellationToken)
    {
        if (!_hasGrammar || samples.IsEmpty)
            return NotUnderstood;
        var order = _decoder.Decode(Orders, samples);
        if (order.Text.Length == 0)
            return NotUnderstood;
        cancellationToken.ThrowIfCancellationRequested();
        var fit = OrderFit.Of(order.Segments, _decoder.Decode(Speech, samples).Segments);
        var confidence = Math.Round(fit.Confidence(_options.MinFit), 3);
        LogFit(order.Text, fit.Mean, fit.Worst);
        return fit.Mean >= _options.MinFit && fit.Worst >= _options.MinWordFit ? new Transcript(order.Text, confidence) : new Transcript("", confidence);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "cannot be heard: {Sentence}")]
    private partial void LogLeftOut(string sentence);

    [LoggerMessage(Level = LogLevel.Debug, Message = "'{Text}': fit {Mean:F2} nats a frame, worst word {Worst:F2}")]
    private partial void LogFit(string text, double mean, double worst);
}
