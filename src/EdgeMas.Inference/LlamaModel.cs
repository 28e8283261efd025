using System.Text;
using EdgeMas.Core.Models;
using EdgeMas.Inference.Embedding;
using EdgeMas.Inference.Engine;
using EdgeMas.Inference.Loading;
using EdgeMas.Inference.Native;
using EdgeMas.Inference.Persistence;
using EdgeMas.Inference.Prefixes;
using EdgeMas.Inference.Prompts;
using EdgeMas.Inference.Timeline;
using EdgeMas.Inference.Tokens;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Inference;

/// <summary>
/// A GGUF model in this process, computed by llama.cpp v0.5.0. Any thread may ask; one engine thread computes for all agents together, safety before interactive
/// before background. A prompt that begins like another one, earlier or at the same time, is computed only from where it differs. Probabilities may differ in
/// their last digits with what is computed beside a request, and so may the choice between tokens that are all but equally likely;
/// <see cref="LlamaOptions.Independent"/> rules that out.
/// </summary>
public sealed class LlamaModel : ILanguageModel, ITokenizer, ITextEmbedder
{
    /// <summary><c>LLAMA_POOLING_TYPE_LAST</c>.</summary>
    private const int LastTokenPooling = 3;

    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    private readonly NativeModel _model;
    private readonly NativeContext _context;
    private readonly TokenTable _table;
    private readonly ChatPrompt _chat;
    private readonly BatchLoop _loop;
    private readonly RequestQueue _queue;
    private readonly EngineThread _engine;
    private readonly TextEmbedder _embedder;
    private readonly LlamaOptions _options;
    private readonly AgentBook _agents = new();
    private readonly PromptFit _fit;
    private int _disposed;

    private LlamaModel(LanguageModelInfo info, NativeModel model, NativeContext context, LlamaOptions options, TextEmbedder embedder, TokenTable table, KeptState? state, ILogger logger)
    {
        _embedder = embedder;
        Info = info;
        _model = model;
        _context = context;
        _options = options;
        _table = table;
        _chat = new ChatPrompt(info.Name, model.ChatTemplate, model.Vocabulary, _table);
        _fit = new PromptFit(info.ContextTokens);
        _queue = new RequestQueue(options.MaxQueue);
        var traits = new MemoryTraits(model.CanCutSequences, model.Window, options.Independent);
        var tree = new PrefixTree(context, options.Running + options.KeptSequences, context.Cells, options.Grain, traits, options.Time, model.Adapters.Count);
        _loop = new BatchLoop(info.Name, context, model.Vocabulary, _table, _queue, tree, traits, info.ContextTokens, model.Adapters.Count, options, logger);
        _engine = new EngineThread(info.Name, context, _loop, _queue, state is null ? null : Resume(state, tree, logger), logger);
    }

    /// <summary>Each batch, as it was computed; costs nothing while nobody listens.</summary>
    public event BatchObserver BatchEnded
    {
        add => _loop.Observers.Add(value);
        remove => _loop.Observers.Remove(value);
    }

    public LanguageModelInfo Info { get; }

    public LanguageModelCounters Counters => _loop.Counters;

    public IReadOnlyList<AgentModelCounters> Agents => _agents.Read();

    public int EmbeddingLength => _model.EmbeddingLength;

    internal long LoopAllocatedBytes => _loop.AllocatedBytes;

    /// <summary>What of the memory's account is wrong, or null; while no request runs.</summary>
    internal string? AuditMemory() => _loop.Audit();

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
        options.Check();
        return Task.Run(() => Load(card, options, logger, progress, cancellationToken), cancellationToken);
    }

    public Task<GenerationResult> GenerateAsync(GenerationRequest request, Action<string>? onText, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ServeAsync(request, onText, cancellationToken);
    }

    public Task<TextEmbedding> EmbedAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        RequireFitting(text);
        return EmbedAsync(Tokenize(text, special: false), cancellationToken);
    }

    public Task<TextEmbedding> EmbedAsync(IReadOnlyList<int> tokens, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        return _embedder.EmbedAsync(Fitting(tokens), cancellationToken);
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
        await _embedder.DisposeAsync();
        _context.Dispose();
        _model.Dispose();
    }

    private static LlamaModel Load(ModelCard card, LlamaOptions options, ILogger logger, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var started = options.Time.GetTimestamp();
        var file = ModelChecks.RequireWhole(card.Path);
        ModelChecks.RequireTextModel(card.Path, file);
        var adapters = ModelChecks.RequireAdapters(card);
        NativeLoader.Load(options.NativeDirectory, card.Path);
        if (NativeLoader.BuiltRefused is { } refused)
            LlamaEvents.BuiltBackendRefused(logger, refused);
        var contextTokens = ModelChecks.ContextTokens(file, card.ContextTokens);
        var sequences = options.Running + options.KeptSequences;
        var cells = options.Independent ? NativeContext.PaddedCells(contextTokens) : contextTokens + (options.KeptTokens ?? contextTokens);
        if (options.GpuLayers == 0)
            ModelChecks.RequireMemory(card.Path, file, adapters, options.Independent ? (long)cells * sequences : cells, options.AvailableMemory ?? FreeMemory.Ask());
        var kept = options.StateFolder is { } folder ? Beside(() => KeptState.Read(card, folder, options.GpuLayers), cancellationToken) : null;
        var threads = options.Threads == 0 ? ComputeThreads.For(file.TensorBytes) : options.Threads;

        var model = NativeModel.Load(card, options.GpuLayers, logger, progress, cancellationToken, SeparateVocabulary.Of(file));
        var table = Beside(() => TokenTable.Read(model.Vocabulary), cancellationToken);
        NativeContext? context = null;
        try
        {
            // llama.cpp asserts that a batch can have a row for each sequence that it was told of.
            var batch = Math.Clamp(options.BatchTokens, options.Independent ? Math.Max(sequences, options.Grain) : options.Running, Math.Max(sequences, cells));
            context = NativeContext.Create(model, card.Name, new ContextShape(cells, sequences, Math.Max(options.Running, Math.Min(batch, options.Running + options.GuessRows)), batch, threads, options.Independent), logger);
            var info = new LanguageModelInfo(card.Name, model.Description, file.Architecture, model.Parameters, model.Bytes, model.TokenCount, contextTokens)
            {
                Memory = !model.CanCutSequences ? PromptMemory.Continued : model.Window > 0 ? PromptMemory.Window : PromptMemory.Shared,
                Adapters = [.. card.Adapters.Select(adapter => adapter.Name)],
                MemoryCells = context.Cells,
                MemoryBytes = context.MemoryBytes,
            };
            var embedder = new TextEmbedder(() => NativeEmbedder.Create(model, card.Name, contextTokens, threads, logger), lastToken: file.Number("pooling_type") == LastTokenPooling);
            var loaded = new LlamaModel(info, model, context, options, embedder, table.GetAwaiter().GetResult(), StateOf(info, options, kept, logger), logger);
            LlamaEvents.Loaded(logger, card.Name, info.Description, info.Bytes / 1e6, contextTokens, threads, options.Time.GetElapsedTime(started).TotalSeconds, info.Memory switch
            {
                PromptMemory.Continued => "only what continues an ended request (a recurrent state cannot be cut)",
                PromptMemory.Window => $"any common beginning that is still whole (its layers look back {model.Window} tokens)",
                _ => "any common beginning",
            });
            return loaded;
        }
        catch
        {
            _ = Task.WhenAny(table).GetAwaiter().GetResult(); // it reads what is freed here
            context?.Dispose();
            model.Dispose();
            throw;
        }
    }

    /// <summary>On a thread of its own: those of the pool may all be held by what waits for it.</summary>
    private static Task<T> Beside<T>(Func<T> read, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(read, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <returns>Null where nothing is to be kept.</returns>
    private static KeptState? StateOf(LanguageModelInfo info, LlamaOptions options, Task<KeptState>? reading, ILogger logger)
    {
        if (reading is null)
            return null;
        var kept = reading.GetAwaiter().GetResult();
        if (info.Memory != PromptMemory.Shared || options.Independent)
        {
            LlamaEvents.StateUnsupported(logger, info.Name, options.Independent ? "its requests are independent of each other" : "its memory cannot be cut into pieces");
            return null;
        }
        if (options.StateBytes is { } bytes && info.MemoryBytes > 0)
            kept.File.MostTokens = bytes * info.MemoryCells / info.MemoryBytes;
        return kept;
    }

    private StateSaver Resume(KeptState kept, PrefixTree tree, ILogger logger)
    {
        var (file, refused) = (kept.File, kept.Refused);
        if (refused is null)
        {
            var started = _options.Time.GetTimestamp();
            using var lines = NativeLog.Open(logger);
            try
            {
                if (StateRestore.Restore(kept.Runs, tree, _context, file.Adapters) is > 0 and var tokens)
                    LlamaEvents.StateRestored(logger, tokens, file.Path, _options.Time.GetElapsedTime(started).TotalSeconds);
            }
            catch (InvalidDataException exception)
            {
                refused = lines.Errors.Length == 0 ? exception.Message : $"{exception.Message}: {lines.Errors}";
            }
        }
        if (refused is not null)
            LlamaEvents.StateRefused(logger, file.Path, refused);
        return new StateSaver(file, _context, tree, _options.Time, _options.StatePause, _options.StateEvery, logger);
    }

    private async ValueTask<int[]> TokensOfAsync(GenerationRequest request, CancellationToken cancellationToken)
    {
        if (request.Overflow == ContextOverflow.Refuse)
            return Fitting(request.PromptTokens ?? TokensOfText(request));
        int[] tokens = [.. request.PromptTokens ?? TokensOfText(request)];
        if (_fit.Fits(tokens.Length, request))
            return Fitting(tokens);
        var shorter = request.Overflow == ContextOverflow.Slide
            ? _fit.Slide(tokens, request)
            : await _fit.SummariseAsync(tokens, request, part => Detokenize(part.Span), text => Tokenize(text, special: true), cancellationToken);
        return Fitting(shorter ?? throw Refusal(
            $"the prompt has {tokens.Length} tokens and the context {Info.ContextTokens}; what is to stay (KeepTokens {request.KeepTokens}{(request.Overflow == ContextOverflow.Summarise ? " and the summary" : "")}) does not fit; keep less or enlarge the context."));
    }


    private int[] TokensOfText(GenerationRequest request)
    {
        var text = request.Prompt ?? _chat.LayOut(request.Turns);
        if (request.Overflow == ContextOverflow.Refuse)
            RequireFitting(text);
        var tokens = Tokenize(text, special: true);
        if (_model.Vocabulary.AddsBegin && (tokens.Length == 0 || tokens[0] != _model.Vocabulary.BeginToken))
            tokens = [_model.Vocabulary.BeginToken, .. tokens];
        return tokens;
    }

    private void RequireFitting(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > (long)Info.ContextTokens * _table.LongestWritten)
            throw Refusal($"the prompt of {text.Length} characters cannot fit into the context of {Info.ContextTokens} tokens; shorten it.");
    }

    private int[] Fitting(IReadOnlyList<int> tokens)
    {
        if (tokens.Count == 0)
            throw Refusal("the prompt is empty.");
        if (tokens.Count >= Info.ContextTokens)
            throw Refusal($"the prompt has {tokens.Count} tokens and the context {Info.ContextTokens}, of which one is for the output; shorten it or enlarge the context.");
        foreach (var token in tokens)
        {
            if ((uint)token >= (uint)Info.VocabularySize)
                throw Refusal($"the prompt has token {token}; the model has tokens 0 to {Info.VocabularySize - 1}.");
        }
        return [.. tokens];
    }

    private int AdapterOf(GenerationRequest request)
    {
        if (request.Adapter is not { } wanted)
            return 0;
        for (var i = 1; i < _model.Adapters.Count; i++)
        {
            if (_model.Adapters[i].Name == wanted)
                return i;
        }
        return wanted == AdapterCard.None
            ? 0
            : throw Refusal($"there is no adapter '{(wanted.Length > 64 ? wanted[..64] : wanted)}'; {(Info.Adapters.Count == 0 ? "the model was loaded without any" : $"there are {string.Join(", ", Info.Adapters)}")}.");
    }

    private ModelException Refusal(string reason) => new(Info.Name, reason, fault: ModelFault.Request);

    private async Task<GenerationResult> ServeAsync(GenerationRequest request, Action<string>? onText, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (RequestChecks.Objection(request) is { } objection)
            throw Refusal(objection);
        var asked = _options.Time.GetTimestamp();
        var due = request.Within is { } within ? asked + (long)(within.TotalSeconds * _options.Time.TimestampFrequency) : long.MaxValue;
        var job = new GenerationJob(request, await TokensOfAsync(request, cancellationToken), onText, asked, due, cancellationToken) { Entry = _agents.EntryOf(request.Agent), Adapter = AdapterOf(request) };
        if (!_queue.TryAdd(job))
            throw new ModelException(Info.Name, $"{_options.MaxQueue} requests of priority {job.Request.Priority} wait already; ask again later, or ask less often.", fault: ModelFault.Busy);
        _loop.Hasten(request.Priority);
        using var waiting = job.Cancellation.UnsafeRegister(
            static state =>
            {
                var (model, cancelled) = ((LlamaModel, GenerationJob))state!;
                if (model._queue.Remove(cancelled))
                    cancelled.Cancel();
                else
                    model._loop.Forsake(cancelled);
            },
            (this, job));
        return await job.End;
    }
}
