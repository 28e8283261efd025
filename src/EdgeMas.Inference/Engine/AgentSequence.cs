using EdgeMas.Core.Messages;
using EdgeMas.Core.Models;
using EdgeMas.Inference.Native;
using EdgeMas.Inference.Prefixes;
using EdgeMas.Inference.Sampling;
using EdgeMas.Inference.Speculation;
using EdgeMas.Inference.Tokens;

namespace EdgeMas.Inference.Engine;

/// <summary>
/// One request that runs, then the next one: its tokens, how far they are computed, and how the next one is chosen. The engine's thread only. From the first
/// output token on it allocates nothing, unless the request has a callback.
/// </summary>
/// <param name="contextTokens">Tokens that prompt and output may have together.</param>
/// <param name="grain">Only multiples of so many prompt tokens are lent to others.</param>
internal sealed class AgentSequence(TokenTable table, SamplingWorkspace workspace, int contextTokens, int grain) : LiveTokens(contextTokens)
{
    private const int MostForced = 64;

    private bool Slides => Job.Request.Overflow != ContextOverflow.Refuse;

    /// <summary>Tokens that go at once: half of those that need not stay.</summary>
    private int Slidable => (Known - Job.Request.KeepTokens) / 2 is var half && half >= MostForced ? half : 0;

    private readonly TokenSampler _sampler = new(table, workspace);
    private readonly OutputText _text = new();
    private readonly int[] _forced = new int[MostForced];
    private NativeGrammar? _grammar;
    private int _limit;
    private int _generated;
    private int _chosen;
    private double _sumLogProbability;
    private double _leastLogProbability;

    internal GenerationJob Job { get; private set; } = null!;

    /// <summary>Its leaf in the prefix tree; null while it has none: at first, while it waits for a beginning that another computes, and after it gave up its memory.</summary>
    internal PrefixNode? Node { get; set; }

    /// <summary>It gave up its memory and goes on when another request has ended: before that it would only lose it again.</summary>
    internal bool IsPaused { get; set; }

    /// <summary>The first known tokens that are in the memory.</summary>
    internal int Computed { get; set; }

    /// <summary>Prompt tokens that were there already; −1 before the first look.</summary>
    internal int Reused { get; set; }

    internal int PromptTokens { get; private set; }

    /// <summary>Tokens that may come next. Only those that are chosen afterwards count.</summary>
    internal int[] Guesses { get; } = new int[Guesswork.MostOfOne];

    /// <summary>How good guesses of its agent's tokens are.</summary>
    internal GuessRecord Record { get; private set; } = null!;

    /// <summary>Tokens that may be guessed now: one must be left to choose.</summary>
    internal int Guessable => _limit - Known - 1;

    internal int Pending => Known - Computed;

    /// <summary>The prompt is computed: what is pending was chosen or forced.</summary>
    internal bool IsGenerating => Known > PromptTokens && Computed >= PromptTokens;

    /// <summary>Its request's priority, or that of one that waits for its tokens.</summary>
    internal MessagePriority Urgency { get; set; }

    /// <summary>Where the tokens end that a more urgent request waits for.</summary>
    internal int WantedUntil { get; set; }

    /// <summary>Counts steps; in which it had tokens last.</summary>
    internal long LastStep { get; set; }

    /// <summary>When the engine first worked on it, and when it chose the first token; in the time provider's ticks.</summary>
    internal long Started { get; set; }

    internal long First { get; private set; }

    internal bool HasFirst => First != 0;

    /// <summary>Why it ended; null while it runs.</summary>
    internal FinishReason? Finish { get; private set; }

    /// <summary>The context is nearly full and the request wants to go on: <see cref="Slide"/>.</summary>
    internal bool MustSlide => Finish is null && Slides && Known + MostForced > Buffer.Length && _generated < Job.Request.MaxTokens && Slidable > 0;

    /// <summary>Why it failed, or null.</summary>
    internal Exception? Failure { get; set; }

    /// <param name="grammar">Owned from now on; null for none.</param>
    internal void Begin(GenerationJob job, NativeGrammar? grammar, GuessRecord record, long now)
    {
        Job = job;
        Adapter = job.Adapter;
        Record = record;
        Node = null;
        IsPaused = false;
        Computed = 0;
        Reused = -1;
        Urgency = job.Request.Priority;
        LastStep = 0;
        Started = now;
        First = 0;
        Finish = null;
        Failure = null;
        PromptTokens = job.Prompt.Length;
        job.Prompt.CopyTo(Buffer, 0);
        Know(PromptTokens);
        _grammar = grammar;
        _generated = 0;
        SetLimit();
        _chosen = 0;
        _sumLogProbability = 0;
        _leastLogProbability = 0;
        _sampler.Begin(job.Request.Sampling, grammar, job.Request.Constraint);
        _text.Begin(job.Request.Stop, job.OnText);
        TakeForced();
    }

    /// <summary>Chooses the token after those known, and takes it.</summary>
    internal void Choose(Span<float> logits, long now)
    {
        if (First == 0)
            First = now;
        var token = _sampler.Choose(logits);
        if (token == TokenSampler.None)
        {
            Finish = FinishReason.Stop;
            return;
        }
        _chosen++;
        _sumLogProbability += _sampler.LogProbability;
        _leastLogProbability = Math.Min(_leastLogProbability, _sampler.LogProbability);
        if (table.IsEnd(token))
        {
            _generated++;
            Finish = FinishReason.Stop;
            return;
        }
        _sampler.Accept(token);
        if (Write(token))
            Finish = FinishReason.Stop;
        else
            TakeForced();
    }

    /// <summary>How many of the guesses are the tokens that were chosen.</summary>
    /// <param name="from">Position of the first guess.</param>
    /// <param name="right">So many are known to be.</param>
    internal int CountRight(int from, int right, int guessed)
    {
        while (right < guessed && from + right < Known && Buffer[from + right] == Guesses[right])
            right++;
        return right;
    }

    /// <summary>Forgets the older half of the tokens that need not stay. Its memory must have been given up.</summary>
    internal void Slide()
    {
        var keep = Job.Request.KeepTokens;
        var gone = Slidable;
        Buffer.AsSpan(keep + gone, Known - keep - gone).CopyTo(Buffer.AsSpan(keep));
        PromptTokens = Known - gone;
        Know(PromptTokens);
        Node = null;
        Computed = 0;
        SetLimit();
        TakeForced();
    }

    /// <summary>The result; passes on text that was held back.</summary>
    internal GenerationResult Complete(long now, TimeProvider time)
    {
        _text.End();
        if (First == 0)
            First = now;
        return new GenerationResult(
            _text.Text, Finish!.Value, Job.Prompt.Length, Math.Max(0, Reused), _generated,
            time.GetElapsedTime(Job.Asked, Started).TotalSeconds, time.GetElapsedTime(Started, First).TotalSeconds, time.GetElapsedTime(First, now).TotalSeconds,
            _chosen == 0 ? 0 : _sumLogProbability / _chosen, Math.Exp(_leastLogProbability));
    }

    /// <summary>Lets go of what belongs to the request.</summary>
    internal void Clear()
    {
        _grammar?.Dispose();
        _grammar = null;
        _sampler.Begin(Core.Models.Sampling.Greedy, grammar: null, constraint: null);
        _text.Begin([], onText: null);
        Job = null!;
        Node = null;
    }

    /// <summary>Puts the tokens that have no alternative behind those known; they are computed together with the next batch.</summary>
    private void TakeForced()
    {
        var constraint = Job.Request.Constraint;
        int count;
        while (constraint is not null && !MustSlide && Known < _limit && (count = constraint.TakeForced(_forced)) > 0)
        {
            for (var i = 0; i < count && Known < _limit; i++)
            {
                if (table.IsEnd(_forced[i]))
                {
                    _generated++;
                    Finish = FinishReason.Stop;
                    return;
                }
                if (Write(_forced[i]))
                {
                    Finish = FinishReason.Stop;
                    return;
                }
            }
        }
        if (Known >= _limit && !MustSlide)
            Finish = FinishReason.Length;
    }

    private void SetLimit() => _limit = (int)Math.Min((long)Known + Job.Request.MaxTokens - _generated, Buffer.Length);

    /// <returns>True when a stop text is complete.</returns>
    private bool Write(int token)
    {
        Buffer[Known] = token;
        Know(Known + 1);
        _generated++;
        return _text.Append(table.BytesOf(token));
    }

    private void Know(int tokens)
    {
        Known = tokens;
        Promised = grain == 1 ? tokens : PromptTokens - (PromptTokens % grain);
    }
}
