using System.Text;
using EdgeMas.Core.Models;
using EdgeMas.Inference.Engine;
using EdgeMas.Inference.Loading;
using EdgeMas.Inference.Native;
using EdgeMas.Inference.Prompts;
using EdgeMas.Inference.Tokens;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Inference;

/// <summary>
/// A GGUF model in this process, computed by llama.cpp v0.5.0. Any thread may ask; one engine thread serves the requests, safety before interactive before
/// background, one at a time. A prompt that begins like an earlier one is computed only from where it differs; the texts are the same either way, while
/// probabilities may differ in their last digits, as they do with any change of batch sizes.
/// </summary>
public sealed class LlamaModel : ILanguageModel, ITokenizer
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    private readonly NativeModel _model;
    private readonly NativeContext _context;
    private readonly TokenTable _table;
    private readonly ChatPrompt _chat;
    private readonly TokenLoop _loop;
    private readonly RequestQueue _queue;
    private readonly EngineThread _engine;
    private readonly LlamaOptions _options;
    private int _disposed;

    private LlamaModel(LanguageModelInfo info, NativeModel model, NativeContext context, LlamaOptions options, ILogger logger)
    {
        Info = info;
        _model = model;
        _context = context;
        _options = options;
        _table = TokenTable.Read(model.Vocabulary);
        _chat = new ChatPrompt(info.Name, model.ChatTemplate, model.Vocabulary, _table);
        _queue = new RequestQueue(options.MaxQueue);
        var cache = new PrefixCache(context, options.KeptSequences, info.ContextTokens, model.CanCutSequences);
        _loop = new TokenLoop(info.Name, context, model.Vocabulary, _table, cache, info.ContextTokens, options.Time);
        _engine = new EngineThread(info.Name, context, _loop, _queue, logger);
    }

    public LanguageModelInfo Info { get; }

    public LanguageModelCounters Counters => _loop.Counters;

    /// <summary>Requests that were refused because too many waited.</summary>
    public long RefusedRequests => _queue.Refused;

    internal long LoopAllocatedBytes => _loop.LoopAllocatedBytes;

    internal TokenTable Table => _table;

    internal NativeVocabulary Vocabulary => _model.Vocabulary;

    /// <summary>Checks the files, loads libraries, weights and adapter, and starts the engine.</summary>
    /// <param name="progress">From 0 to 1 while the weights are read; called on a thread of the pool.</param>
    /// <exception cref="ModelException">Says what is wrong and how to mend it: a file is missing, no GGUF, cut off, of an unknown architecture or too large for
    /// the memory; the adapter does not fit; llama.cpp's libraries are missing.</exception>
    public static Task<LlamaModel> LoadAsync(ModelCard card, LlamaOptions options, ILogger logger, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxQueue, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        ArgumentOutOfRangeException.ThrowIfNegative(options.KeptTokens ?? 0);
        if (options.KeptSequences is < 1 or > 64)
            throw new ArgumentOutOfRangeException(nameof(options), options.KeptSequences, "KeptSequences is 1 to 64");
        if (options.BatchTokens is < 1 or > 4096)
            throw new ArgumentOutOfRangeException(nameof(options), options.BatchTokens, "BatchTokens is 1 to 4096");
        return Task.Run(() => Load(card, options, logger, progress, cancellationToken), cancellationToken);
    }

    public Task<GenerationResult> GenerateAsync(GenerationRequest request, Action<string>? onText, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ServeAsync(request, onText, cancellationToken);
    }

    int ITokenizer.VocabularySize => Info.VocabularySize;

    int[] ITokenizer.Tokenize(string text) => Tokenize(text, special: false);

    /// <summary>The text's tokens. Any thread. No token that begins a text is added.</summary>
    /// <param name="special">Names of control tokens, such as <c>&lt;bos&gt;</c>, become those tokens; otherwise they are plain text.</param>
    public int[] Tokenize(string text, bool special)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        return _model.Vocabulary.Tokenize(text, special);
    }

    /// <summary>The tokens' text; control tokens have none.</summary>
    public string Detokenize(ReadOnlySpan<int> tokens)
    {
        var text = new OutputText();
        foreach (var token in tokens)
            text.Append(TokenBytes(token).Span);
        return text.Text;
    }

    /// <summary>What a token adds to the output: UTF-8, perhaps a part of a character; empty for control tokens. Any thread.</summary>
    /// <param name="token">0 to <see cref="LanguageModelInfo.VocabularySize"/> − 1.</param>
    public ReadOnlyMemory<byte> TokenBytes(int token)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)token, (uint)_table.Count);
        return _table.MemoryOf(token);
    }

    /// <summary>What kind of token it is. Any thread.</summary>
    public TokenAttributes TokenAttributesOf(int token)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)token, (uint)_table.Count);
        return _table.AttributesOf(token);
    }

    /// <summary>Aborts what runs, refuses what waits (<see cref="ObjectDisposedException"/>) and frees the memory.</summary>
    /// <exception cref="TimeoutException">A callback or constraint held the engine's thread for 30 s; the memory is not freed.</exception>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _engine.Stop();
        await _engine.Ended.WaitAsync(LongestStop, TimeProvider.System);
        _context.Dispose();
        _model.Dispose();
    }

    private static LlamaModel Load(ModelCard card, LlamaOptions options, ILogger logger, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var started = options.Time.GetTimestamp();
        var file = ModelChecks.RequireWhole(card.Path);
        ModelChecks.RequireTextModel(card.Path, file);
        var adapter = card.AdapterPath is null ? null : ModelChecks.RequireWhole(card.AdapterPath);
        NativeLoader.Load(options.NativeDirectory, card.Path);
        var contextTokens = ModelChecks.ContextTokens(file, card.ContextTokens);
        var cells = contextTokens + (options.KeptTokens ?? contextTokens);
        if (options.GpuLayers == 0)
            ModelChecks.RequireMemory(card.Path, file, adapter, cells, options.AvailableMemory ?? FreeMemory.Ask());
        var threads = options.Threads == 0 ? ComputeThreads.For(file.TensorBytes) : options.Threads;

        var model = NativeModel.Load(card, options.GpuLayers, logger, progress, cancellationToken);
        NativeContext? context = null;
        try
        {
            context = NativeContext.Create(model, card.Name, cells, options.KeptSequences, Math.Clamp(options.BatchTokens, options.KeptSequences, Math.Max(options.KeptSequences, cells)), threads, logger);
            var info = new LanguageModelInfo(card.Name, model.Description, file.Architecture, model.Parameters, model.Bytes, model.Vocabulary.Count, contextTokens);
            var loaded = new LlamaModel(info, model, context, options, logger);
            LlamaEvents.Loaded(logger, card.Name, info.Description, info.Bytes / 1e6, contextTokens, threads, options.Time.GetElapsedTime(started).TotalSeconds);
            return loaded;
        }
        catch
        {
            context?.Dispose();
            model.Dispose();
            throw;
        }
    }

    private int[] TokensOf(GenerationRequest request)
    {
        var text = request.Prompt ?? _chat.LayOut(request.Turns);
        if (Encoding.UTF8.GetByteCount(text) > (long)Info.ContextTokens * _table.LongestWritten)
            throw new ModelException(Info.Name, $"the prompt of {text.Length} characters cannot fit into the context of {Info.ContextTokens} tokens; shorten it.");
        var tokens = Tokenize(text, special: true);
        if (request.Prompt is null && _model.Vocabulary.AddsBegin && (tokens.Length == 0 || tokens[0] != _model.Vocabulary.BeginToken))
            tokens = [_model.Vocabulary.BeginToken, .. tokens];
        if (tokens.Length == 0)
            throw new ModelException(Info.Name, "the prompt is empty.");
        return tokens.Length < Info.ContextTokens
            ? tokens
            : throw new ModelException(Info.Name, $"the prompt has {tokens.Length} tokens and the context {Info.ContextTokens}, of which one is for the output; shorten it or enlarge the context.");
    }

    private async Task<GenerationResult> ServeAsync(GenerationRequest request, Action<string>? onText, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (RequestChecks.Objection(request) is { } objection)
            throw new ModelException(Info.Name, objection);
        var job = new GenerationJob(request, TokensOf(request), onText, _options.Time.GetTimestamp(), cancellationToken);
        if (!_queue.TryAdd(job))
            throw new ModelException(Info.Name, $"{_options.MaxQueue} requests of priority {job.Request.Priority} wait already; ask again later, or ask less often.");
        using var waiting = job.Cancellation.UnsafeRegister(
            static state =>
            {
                var (queue, waiting) = ((RequestQueue, GenerationJob))state!;
                if (queue.Remove(waiting))
                    waiting.Cancel();
            },
            (_queue, job));
        return await job.End;
    }
}
