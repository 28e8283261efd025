using EdgeMas.Core.Models;
using EdgeMas.Inference.Native;
using EdgeMas.Inference.Tokens;

namespace EdgeMas.Inference.Sampling;

/// <summary>
/// Chooses the tokens of one request, then of the next one. Those that run side by side have one each and share the workspace. The engine's thread only;
/// allocates nothing while choosing.
/// </summary>
internal sealed class TokenSampler(TokenTable table, SamplingWorkspace workspace)
{
    /// <summary>Nothing may follow: the output is whole.</summary>
    internal const int None = -1;

    /// <summary>Likeliest tokens that a grammar is asked about before it is asked about all.</summary>
    private const int HeadSize = 256;

    private readonly llama_token_data[] _candidates = workspace.Candidates;
    private readonly uint[] _mask = workspace.Mask;
    private Core.Models.Sampling _sampling = Core.Models.Sampling.Greedy;
    private NativeGrammar? _grammar;
    private ITokenConstraint? _constraint;
    private uint _step;

    /// <summary>Natural logarithm of the model's own probability of the last chosen token, before grammar and constraint.</summary>
    internal double LogProbability { get; private set; }

    private SeededNoise Noise => new(_sampling.Seed, _step);

    internal void Begin(Core.Models.Sampling sampling, NativeGrammar? grammar, ITokenConstraint? constraint)
    {
        _sampling = sampling;
        _grammar = grammar;
        _constraint = constraint;
        _step = 0;
    }

    /// <param name="logits">One for each token; changed.</param>
    /// <returns>The token, or <see cref="None"/>.</returns>
    /// <exception cref="InvalidOperationException">The model computed no numbers, or the constraint allows nothing before its end.</exception>
    internal int Choose(Span<float> logits)
    {
        _step++;
        var max = LogitMath.Max(logits);
        if (!float.IsFinite(max))
            throw new InvalidOperationException("the model computed no finite probabilities; its weights are damaged");
        var total = LogitMath.LogSumExp(logits, max);
        foreach (var token in table.Suppressed)
            logits[token] = float.NegativeInfinity;
        if (_constraint is not null && !Mask(logits, _constraint))
            return None;

        var chosen = Pick(logits);
        if (_grammar is not null && (chosen == None || !Fits(chosen, _grammar)))
            chosen = PickFitting(logits, _grammar);
        if (chosen != None)
            LogProbability = logits[chosen] - total;
        return chosen;
    }

    /// <summary>Tells grammar and constraint what was taken; not for end tokens.</summary>
    internal void Accept(int token)
    {
        _grammar?.Accept(token);
        _constraint?.Accept(token);
    }

    /// <summary>Takes out what the constraint forbids.</summary>
    /// <returns>False when nothing is left.</returns>
    private bool Mask(Span<float> logits, ITokenConstraint constraint)
    {
        constraint.FillMask(_mask);
        var complete = constraint.IsComplete;
        foreach (var end in table.EndTokens)
        {
            if (complete)
                _mask[end >> 5] |= 1u << end;
            else
                _mask[end >> 5] &= ~(1u << end);
        }
        LogitMath.Keep(logits, _mask);
        return !float.IsNegativeInfinity(LogitMath.Max(logits)) || (complete ? false : throw new InvalidOperationException("the constraint allows no token, and its output is not whole"));
    }

    private int Pick(Span<float> logits)
    {
        if (_sampling.Temperature == 0)
        {
            var max = LogitMath.Max(logits);
            return float.IsNegativeInfinity(max) ? None : logits.IndexOf(max);
        }
        var count = Candidates.SelectTop(logits, Head(_sampling.TopK > 0 ? _sampling.TopK : table.Count));
        return count == 0 ? None : Candidates.Draw(_candidates.AsSpan(0, count), _sampling, Noise);
    }

    /// <summary>Chooses among what the grammar allows. Asking it about the likeliest first finds the same tokens as asking about all, sooner.</summary>
    private int PickFitting(ReadOnlySpan<float> logits, NativeGrammar grammar)
    {
        var wanted = _sampling.Temperature == 0 ? 1 : _sampling.TopK > 0 ? _sampling.TopK : table.Count;
        for (var size = Math.Max(HeadSize, wanted); ; size = table.Count)
        {
            var head = Head(size);
            var fitting = KeepFitting(head[..Candidates.SelectTop(logits, head)], grammar);
            if (fitting.Length < wanted && head.Length < table.Count)
                continue;
            if (fitting.IsEmpty)
                return None;
            return _sampling.Temperature == 0 ? fitting[0].id : Candidates.Draw(fitting, _sampling, Noise);
        }
    }

    private Span<llama_token_data> KeepFitting(Span<llama_token_data> candidates, NativeGrammar grammar)
    {
        grammar.Apply(candidates);
        var count = 0;
        for (var i = 0; i < candidates.Length; i++)
        {
            if (!float.IsNegativeInfinity(candidates[i].logit) && IsTextOrEnd(candidates[i].id))
                candidates[count++] = candidates[i];
        }
        return candidates[..count];
    }

    private bool Fits(int token, NativeGrammar grammar) => IsTextOrEnd(token) && grammar.Allows(token);

    /// <summary>llama.cpp's grammar takes a control token for its name; in the output it is no text, so it never fits.</summary>
    private bool IsTextOrEnd(int token) => table.IsEnd(token) || !table.BytesOf(token).IsEmpty;

    private Span<llama_token_data> Head(int size) => _candidates.AsSpan(0, Math.Min(size, _candidates.Length));
}
