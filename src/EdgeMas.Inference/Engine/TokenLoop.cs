using EdgeMas.Core.Models;
using EdgeMas.Inference.Native;
using EdgeMas.Inference.Sampling;
using EdgeMas.Inference.Tokens;

namespace EdgeMas.Inference.Engine;

/// <summary>
/// Serves one request: computes the prompt, then chooses, takes and computes token by token. The engine's thread only. From the first output token on it
/// allocates nothing, unless the request has a callback.
/// </summary>
internal sealed class TokenLoop(string model, NativeContext context, NativeVocabulary vocabulary, TokenTable table, PrefixCache cache, int contextTokens, TimeProvider time)
{
    private const int MostForced = 64;

    private readonly TokenSampler _sampler = new(table);
    private readonly OutputText _text = new();
    private readonly int[] _forced = new int[MostForced];
    private LanguageModelCounters _counters;
    private System.Runtime.CompilerServices.StrongBox<LanguageModelCounters> _published = new();

    // The request being served.
    private KeptSequence _sequence = null!;
    private CancellationToken _cancellation;
    private int _known;
    private int _limit;
    private int _generated;
    private int _chosen;
    private double _sumLogProbability;
    private double _leastLogProbability;

    /// <summary>Any thread.</summary>
    internal LanguageModelCounters Counters => Volatile.Read(ref _published).Value;

    /// <summary>Bytes that the last request's token loop allocated on the managed heap.</summary>
    internal long LoopAllocatedBytes { get; private set; }

    /// <exception cref="OperationCanceledException">It was cancelled, or the engine stops.</exception>
    /// <exception cref="ModelException">The grammar does not parse, or llama.cpp fails.</exception>
    internal GenerationResult Run(GenerationJob job, NativeLog lines)
    {
        var request = job.Request;
        _cancellation = job.Cancellation;
        _cancellation.ThrowIfCancellationRequested();
        using var grammar = request.Gbnf is null ? null : ParseGrammar(request.Gbnf, lines);
        _sampler.Begin(request.Sampling, grammar, request.Constraint);
        _text.Begin(request.Stop, job.OnText);
        _sequence = cache.Take(request.Agent, job.Prompt);
        var reused = _sequence.Computed;
        var started = time.GetTimestamp();
        long first, last;
        FinishReason finish;
        try
        {
            (finish, first, last) = Generate(job.Prompt.Length, request);
        }
        catch
        {
            cache.Settle(_sequence);
            throw;
        }
        _text.End();
        var result = new GenerationResult(
            _text.Text, finish, job.Prompt.Length, reused, _generated,
            Seconds(job.Asked, started), Seconds(started, first), Seconds(first, last),
            _chosen == 0 ? 0 : _sumLogProbability / _chosen, Math.Exp(_leastLogProbability));
        Publish(result);
        return result;
    }

    private (FinishReason Finish, long First, long Last) Generate(int promptTokens, GenerationRequest request)
    {
        _known = promptTokens;
        _limit = (int)Math.Min((long)promptTokens + request.MaxTokens, contextTokens);
        _generated = 0;
        _chosen = 0;
        _sumLogProbability = 0;
        _leastLogProbability = 0;
        if (TakeForced(request.Constraint))
        {
            var at = time.GetTimestamp();
            return (FinishReason.Stop, at, at);
        }
        ComputeKnown();
        var first = time.GetTimestamp();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var finish = ContinueToEnd(request.Constraint);
        LoopAllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return (finish, first, time.GetTimestamp());
    }

    private FinishReason ContinueToEnd(ITokenConstraint? constraint)
    {
        while (_known < _limit)
        {
            ComputeKnown();
            var token = _sampler.Choose(context.LastLogits());
            if (token == TokenSampler.None)
                return FinishReason.Stop;
            _chosen++;
            _sumLogProbability += _sampler.LogProbability;
            _leastLogProbability = Math.Min(_leastLogProbability, _sampler.LogProbability);
            if (table.IsEnd(token))
            {
                _generated++;
                return FinishReason.Stop;
            }
            _sampler.Accept(token);
            if (Write(token) || TakeForced(constraint))
                return FinishReason.Stop;
        }
        return FinishReason.Length;
    }

    /// <summary>Puts the tokens that have no alternative behind those known; they are computed together with the next batch.</summary>
    /// <returns>True when a stop text or an end token was among them.</returns>
    private bool TakeForced(ITokenConstraint? constraint)
    {
        if (constraint is null)
            return false;
        int count;
        while (_known < _limit && (count = constraint.TakeForced(_forced)) > 0)
        {
            for (var i = 0; i < count && _known < _limit; i++)
            {
                if (table.IsEnd(_forced[i]))
                {
                    _generated++;
                    return true;
                }
                if (Write(_forced[i]))
                    return true;
            }
        }
        return false;
    }

    /// <returns>True when a stop text is complete.</returns>
    private bool Write(int token)
    {
        _sequence.Tokens[_known++] = token;
        _generated++;
        return _text.Append(table.BytesOf(token));
    }

    /// <summary>Computes what is known and not in the memory yet, in batches; the last one has the logits.</summary>
    private void ComputeKnown()
    {
        while (_sequence.Computed < _known)
        {
            _cancellation.ThrowIfCancellationRequested();
            var from = _sequence.Computed;
            var to = Math.Min(from + context.BatchCapacity, _known);
            context.Begin();
            for (var position = from; position < to; position++)
                context.Add(_sequence.Tokens[position], position, _sequence.Id, output: position == _known - 1);
            DecodeBatch();
            _sequence.Computed = to;
        }
    }

    private void DecodeBatch()
    {
        while (true)
        {
            var status = context.Decode();
            switch (status)
            {
                case DecodeStatus.Done:
                    return;
                case DecodeStatus.NoRoom when cache.EvictOne(_sequence):
                    continue;
                case DecodeStatus.Aborted:
                    _cancellation.ThrowIfCancellationRequested();
                    throw new OperationCanceledException("the engine stops");
                default:
                    throw new ModelException(model, $"llama.cpp failed to compute a batch (llama_decode returned {(int)status}).");
            }
        }
    }

    private NativeGrammar ParseGrammar(string gbnf, NativeLog lines)
    {
        if (GrammarText.Objection(gbnf) is { } objection)
            throw new ModelException(model, $"the GBNF grammar is refused: {objection}");
        lines.ForgetErrors();
        return vocabulary.ParseGrammar(gbnf) ?? throw new ModelException(model, $"the GBNF grammar does not parse: {lines.Errors} (llama.cpp writes the place to standard error)");
    }

    private void Publish(GenerationResult result)
    {
        _counters = new LanguageModelCounters(
            _counters.Requests + 1,
            _counters.PromptTokens + result.PromptTokens,
            _counters.ReusedTokens + result.ReusedTokens,
            _counters.GeneratedTokens + result.GeneratedTokens,
            _counters.BusySeconds + result.PromptSeconds + result.GenerationSeconds,
            _counters.GenerationSeconds + result.GenerationSeconds);
        Volatile.Write(ref _published, new System.Runtime.CompilerServices.StrongBox<LanguageModelCounters>(_counters));
    }

    private double Seconds(long from, long to) => time.GetElapsedTime(from, to).TotalSeconds;
}
