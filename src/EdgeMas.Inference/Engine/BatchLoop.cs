using EdgeMas.Core.Messages;
using EdgeMas.Core.Models;
using EdgeMas.Inference.Native;
using EdgeMas.Inference.Prefixes;
using EdgeMas.Inference.Sampling;
using EdgeMas.Inference.Speculation;
using EdgeMas.Inference.Timeline;
using EdgeMas.Inference.Tokens;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Inference.Engine;

/// <summary>
/// Serves all requests that run, batch by batch: admits, finds what of their prompts is in the memory, computes, chooses tokens, ends them. The engine's thread
/// only, except where told. Computing and choosing allocate nothing but the texts for callbacks; admitting and ending a request do.
/// </summary>
internal sealed class BatchLoop
{
    /// <summary>A request waits for another's prompt only to save at least so many tokens.</summary>
    private const int LeastJoin = 16;

    private readonly string _model;
    private readonly NativeContext _context;
    private readonly NativeVocabulary _vocabulary;
    private readonly RequestQueue _queue;
    private readonly PrefixTree _tree;
    private readonly MemoryTraits _traits;
    private readonly StepCost _cost;
    private readonly BatchPlan _plan;
    private readonly Guesswork _guesswork;
    private readonly EngineCounters _counters = new();
    private readonly TimeProvider _time;
    private readonly long _safetyWait;
    private readonly ILogger _logger;
    private readonly AgentSequence[] _running;
    private readonly Stack<AgentSequence> _idle;
    private readonly BatchPart[] _reported;
    private int _count;
    private long _step;

    // The batch under way, for other threads.
    private int _batchUrgency;
    private long _batchEnd;
    private GenerationJob? _batchOwner;

    internal BatchLoop(string model, NativeContext context, NativeVocabulary vocabulary, TokenTable table, RequestQueue queue, PrefixTree tree, MemoryTraits traits, int contextTokens, LlamaOptions options, ILogger logger)
    {
        _model = model;
        _context = context;
        _vocabulary = vocabulary;
        _queue = queue;
        _tree = tree;
        _traits = traits;
        _time = options.Time;
        _logger = logger;
        Observers = new BatchObservers(logger);
        _safetyWait = (long)(options.SafetyWait.TotalSeconds * _time.TimestampFrequency);
        var grain = options.Grain;
        _cost = new StepCost(context.BatchCapacity);
        _guesswork = new Guesswork(options.SpeculatesAlways);
        _plan = new BatchPlan(
            context, tree, _cost, options.Running, grain, traits.CanCut, (traits.CanCut ? options.InteractiveWait : options.SafetyWait).TotalSeconds,
            options.GuessRows > 0 && traits.CanCut ? _guesswork : null);
        _running = new AgentSequence[options.Running];
        _reported = new BatchPart[options.Running];
        var workspace = new SamplingWorkspace(table.Count);
        _idle = new(Enumerable.Range(0, options.Running).Select(_ => new AgentSequence(table, workspace, contextTokens, grain)));
    }

    /// <summary>Who sees the batches. Any thread may add and remove; they are called on the engine's.</summary>
    internal BatchObservers Observers { get; }

    internal bool IsIdle => _count == 0;

    /// <summary>Any thread.</summary>
    internal LanguageModelCounters Counters => _counters.Read(_queue);

    /// <summary>Bytes that computing and choosing allocated on the managed heap since the start.</summary>
    internal long AllocatedBytes { get; private set; }

    /// <summary>Compares the memory's account with the memory; when idle.</summary>
    internal string? Audit() => _tree.Audit();

    /// <summary>A request has come: gives up the batch under way where that would let a safety request wait too long. Any thread, after it is in the queue.</summary>
    internal void Hasten(MessagePriority priority)
    {
        if (priority == MessagePriority.Safety && _traits.CanCut && Volatile.Read(ref _batchUrgency) > (int)MessagePriority.Safety
            && Volatile.Read(ref _batchEnd) - _time.GetTimestamp() > _safetyWait)
        {
            _context.Abort(true);
        }
    }

    /// <summary>A running request was cancelled: gives up the batch under way where it is its alone. Any thread.</summary>
    internal void Forsake(GenerationJob job)
    {
        if (ReferenceEquals(Volatile.Read(ref _batchOwner), job))
            _context.Abort(true);
    }

    /// <summary>Takes requests from the queue while there is a place for them.</summary>
    internal void Admit(NativeLog lines)
    {
        while (_count < _running.Length && _queue.TryTake(LeastUrgentToAdmit()) is { } job)
            Begin(job, lines);
        _counters.SetState(_count, _tree.Used, _tree.Evicted, _plan.Preemptions, _guesswork);
    }

    /// <summary>Composes a batch, computes it, and lets those whose tokens are all computed choose the next.</summary>
    internal void Step()
    {
        EndCancelled();
        Attach();
        if (_count == 0)
            return;
        _step++;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        _plan.Compose(_running.AsSpan(0, _count), _step);
        if (_plan.Parts.IsEmpty)
            throw new InvalidOperationException($"none of {_count} requests can go on: {_tree.Used} of {_tree.Cells} cells are used");
        Decode();
        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - allocated;
        EndFinished();
        _counters.SetState(_count, _tree.Used, _tree.Evicted, _plan.Preemptions, _guesswork);
    }

    /// <summary>Ends all that run; the context is used no more.</summary>
    internal void FailAll(Exception exception)
    {
        while (_count > 0)
        {
            var job = _running[--_count].Job;
            _running[_count].Clear();
            job.Entry?.End();
            job.Fail(exception);
        }
    }

    /// <summary>The last place is kept for a safety request, the last but one for an interactive one, where there are so many.</summary>
    private MessagePriority LeastUrgentToAdmit() =>
        _count < Math.Max(1, _running.Length - 2) ? MessagePriority.Background : _count < Math.Max(1, _running.Length - 1) ? MessagePriority.Interactive : MessagePriority.Safety;

    private void Begin(GenerationJob job, NativeLog lines)
    {
        if (job.Cancellation.IsCancellationRequested)
        {
            job.Entry?.End();
            job.Cancel();
            return;
        }
        var sequence = _idle.Peek();
        try
        {
            sequence.Begin(job, job.Request.Gbnf is null ? null : ParseGrammar(job.Request.Gbnf, lines), _guesswork.RecordOf(job.Request.Agent), _time.GetTimestamp());
        }
#pragma warning disable CA1031 // Whatever a request breaks (a grammar, a callback, a constraint) is that request's failure: the engine goes on for the other agents.
        catch (Exception exception)
        {
            sequence.Clear();
            job.Entry?.End();
            Fail(job, exception);
            return;
        }
#pragma warning restore CA1031
        _running[_count++] = _idle.Pop();
        if (sequence.Finish is not null)
            EndFinished();
    }

    private NativeGrammar ParseGrammar(string gbnf, NativeLog lines)
    {
        if (GrammarText.Objection(gbnf) is { } objection)
            throw new ModelException(_model, $"the GBNF grammar is refused: {objection}");
        lines.ForgetErrors();
        return _vocabulary.ParseGrammar(gbnf) ?? throw new ModelException(_model, $"the GBNF grammar does not parse: {lines.Errors} (llama.cpp writes the place to standard error)");
    }

    /// <summary>Gives those that have no memory yet, or no more, as much of it as is there. One whose prompt begins like that of another which is just being computed waits for it.</summary>
    private void Attach()
    {
        foreach (var sequence in _running.AsSpan(0, _count))
        {
            sequence.Urgency = sequence.Job.Request.Priority;
            sequence.WantedUntil = 0;
        }
        foreach (var sequence in _running.AsSpan(0, _count))
        {
            if (sequence.Node is not null || sequence.IsPaused)
                continue;
            var match = _tree.Find(sequence.Buffer.AsSpan(0, sequence.Known));
            var promised = _tree.Usable(match.Promised, sequence.Known);
            if (match.Promiser is AgentSequence promiser && promised - _tree.Usable(match.Length, sequence.Known) >= LeastJoin)
            {
                promiser.Urgency = sequence.Urgency < promiser.Urgency ? sequence.Urgency : promiser.Urgency;
                promiser.WantedUntil = Math.Max(promiser.WantedUntil, promised);
                continue;
            }
            sequence.Node = _tree.Attach(sequence, match);
            sequence.Computed = sequence.Node.End;
            if (sequence.Reused < 0)
                sequence.Reused = sequence.Computed;
        }
    }

    private void Decode()
    {
        var began = _time.GetTimestamp();
        var expected = _cost.SecondsOf(_plan.Tokens);
        Volatile.Write(ref _batchEnd, expected == 0 ? long.MaxValue : began + (long)(expected * _time.TimestampFrequency));
        Volatile.Write(ref _batchOwner, _plan.Parts.Length == 1 ? _plan.Parts[0].Sequence.Job : null);
        Volatile.Write(ref _batchUrgency, (int)_plan.Urgency);
        var status = _context.Decode();
        Volatile.Write(ref _batchUrgency, (int)MessagePriority.Safety);
        Volatile.Write(ref _batchOwner, null);
        var ended = _time.GetTimestamp();
        var seconds = _time.GetElapsedTime(began, ended).TotalSeconds;
        switch (status)
        {
            case DecodeStatus.Done:
                _cost.Observe(_plan.Tokens, seconds);
                if (_plan.Urgency > MessagePriority.Safety)
                    _cost.ObserveWhole();
                _counters.AddBatch(_plan.Tokens, _plan.Parts.Length, seconds);
                Take(began, ended);
                break;
            case DecodeStatus.Aborted:
                _cost.ObserveAbort(_plan.Tokens);
                _counters.AddAbort(seconds);
                Resume();
                break;
            default:
                FailBatch(status);
                break;
        }
        if (Observers.Any)
            Report(began, seconds, status == DecodeStatus.Aborted);
    }

    private void Take(long began, long ended)
    {
        foreach (ref readonly var part in _plan.Parts)
        {
            var sequence = part.Sequence;
            if (sequence.First == 0 && part.From == Math.Max(0, sequence.Reused))
                sequence.Started = began;
            sequence.Computed += part.Tokens;
            _tree.Advance(sequence.Node!, Math.Max(sequence.Node!.End, Math.Min(sequence.Computed, sequence.Promised)));
            if (part.Place >= 0)
                Choose(part, ended);
        }
    }

    /// <summary>Chooses the next token, and those after it as long as they are the guessed ones, whose logits are there already.</summary>
    private void Choose(in PlannedPart part, long ended)
    {
        var sequence = part.Sequence;
        var from = sequence.Known;
        var right = 0;
        try
        {
            do
            {
                sequence.Choose(_context.LogitsOf(part.PlaceAfter(right)), ended);
                right = sequence.CountRight(from, right, part.Guessed);
            }
            while (sequence.Finish is null && from + right == sequence.Known);
        }
#pragma warning disable CA1031 // As in Begin.
        catch (Exception exception)
        {
            sequence.Failure = exception;
        }
#pragma warning restore CA1031
        _guesswork.Learn(sequence, from, part.Guessed, right);
        if (part.Guessed == 0)
            return;
        sequence.Computed = from + right;
        if (right < part.Guessed)
            _context.Remove(sequence.Node!.Sequence, sequence.Computed);
        _tree.Advance(sequence.Node!, Math.Max(sequence.Node!.End, Math.Min(sequence.Computed, sequence.Promised)));
    }

    /// <summary>After an abort: believes the memory, trims what is beyond, and where that cannot be, starts from what others have.</summary>
    private void Resume()
    {
        foreach (ref readonly var part in _plan.Parts)
        {
            var sequence = part.Sequence;
            var held = _context.EndOf(sequence.Node!.Sequence);
            if (_traits.CanCut && held >= sequence.Computed && (held == sequence.Computed || _context.Remove(sequence.Node.Sequence, sequence.Computed)))
                continue;
            _tree.Drop(sequence.Node);
            sequence.Node = null;
            sequence.Computed = 0;
        }
    }

    private void FailBatch(DecodeStatus status)
    {
        foreach (ref readonly var part in _plan.Parts)
        {
            part.Sequence.Failure = new ModelException(_model, $"llama.cpp failed to compute a batch (llama_decode returned {(int)status}).");
            _tree.Drop(part.Sequence.Node!);
            part.Sequence.Node = null;
        }
    }

    private void EndCancelled()
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            if (!_running[i].Job.Cancellation.IsCancellationRequested)
                continue;
            var job = _running[i].Job;
            Remove(i, keep: false);
            job.Cancel();
        }
    }

    private void EndFinished()
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            var sequence = _running[i];
            if (sequence.MustSlide && sequence.Failure is null)
                Slide(sequence);
            if (sequence.Finish is not null && sequence.Failure is null)
                Complete(i);
            if (sequence.Failure is not { } failure)
                continue;
            var job = sequence.Job;
            Remove(i, keep: true);
            Fail(job, failure);
        }
    }

    /// <summary>Its context is full: it goes on with fewer tokens, from the beginning that the memory still has.</summary>
    private void Slide(AgentSequence sequence)
    {
        if (sequence.Node is { } leaf)
            _tree.Keep(leaf, returnsAfter: null);
        try
        {
            sequence.Slide();
        }
#pragma warning disable CA1031 // As in Begin.
        catch (Exception exception)
        {
            sequence.Failure = exception;
        }
#pragma warning restore CA1031
    }

    private void Complete(int index)
    {
        var sequence = _running[index];
        var finished = sequence.Job;
        GenerationResult result;
        try
        {
            result = sequence.Complete(_time.GetTimestamp(), _time);
        }
#pragma warning disable CA1031 // As in Begin: the text that was held back goes to the callback.
        catch (Exception exception)
        {
            sequence.Failure = exception;
            return;
        }
#pragma warning restore CA1031
        Remove(index, keep: true);
        _counters.AddResult(result);
        finished.Entry?.Add(result);
        LlamaEvents.Generated(_logger, finished.Request.Agent, result.PromptTokens, result.ReusedTokens, result.GeneratedTokens);
        finished.Complete(result);
    }

    private void Fail(GenerationJob job, Exception exception)
    {
        if (exception is OperationCanceledException && job.Cancellation.IsCancellationRequested)
        {
            job.Cancel();
            return;
        }
        LlamaEvents.Failed(_logger, exception, job.Request.Agent);
        job.Fail(exception);
    }

    /// <param name="keep">What is computed stays in the memory for others, as long as there is room.</param>
    private void Remove(int index, bool keep)
    {
        var sequence = _running[index];
        sequence.Job.Entry?.End();
        _running[index] = _running[--_count];
        if (sequence.Node is { } leaf && keep)
            _tree.Keep(leaf, sequence.Job.Request.ReturnsAfter);
        else if (sequence.Node is { } forsaken)
            _tree.Drop(forsaken);
        sequence.Clear();
        _idle.Push(sequence);
        foreach (var other in _running.AsSpan(0, _count))
            other.IsPaused = false;
    }

    private void Report(long began, double seconds, bool aborted)
    {
        var parts = _plan.Parts;
        for (var i = 0; i < parts.Length; i++)
        {
            var sequence = parts[i].Sequence;
            _reported[i] = new BatchPart(
                sequence.Job.Request.Agent, sequence.Node?.Sequence ?? PrefixNode.NoSequence, sequence.Urgency, parts[i].From, parts[i].Tokens, parts[i].From >= sequence.PromptTokens);
        }
        Observers.Tell(new BatchReport(_step, began, seconds, _plan.Tokens, aborted, _tree.Used, _count), _reported.AsSpan(0, parts.Length));
    }
}
