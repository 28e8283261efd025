using EdgeMas.Inference.Native;

namespace EdgeMas.Inference.Engine;

/// <summary>
/// Keeps what the last request of each agent computed, and lends the longest common beginning to the next request of any of them. The engine's thread only.
/// </summary>
/// <remarks>
/// Lending copies no data: in llama.cpp's unified memory a cell can belong to several sequences. Where a model's memory cannot be cut (a recurrent state), only
/// a prompt that continues the agent's own sequence as it stands reuses it.
/// </remarks>
internal sealed class PrefixCache
{
    private readonly NativeContext _context;
    private readonly KeptSequence[] _sequences;
    private readonly bool _canCut;
    private long _uses;

    internal PrefixCache(NativeContext context, int sequences, int tokensOfSequence, bool canCut)
    {
        _context = context;
        _canCut = canCut;
        _sequences = [.. Enumerable.Range(0, sequences).Select(id => new KeptSequence(id, tokensOfSequence))];
    }

    /// <summary>The sequence in which the prompt is to be computed, with as much of it as there is already.</summary>
    /// <param name="prompt">At least one token. The last is always computed anew: its logits are needed.</param>
    internal KeptSequence Take(string agent, ReadOnlySpan<int> prompt)
    {
        var own = OwnerOf(agent);
        var source = own;
        foreach (var sequence in _sequences)
        {
            if (_canCut && sequence.CommonPrefix(prompt) > source.CommonPrefix(prompt))
                source = sequence;
        }
        var reusable = Math.Min(source.CommonPrefix(prompt), prompt.Length - 1);
        if (!_canCut && reusable < own.Computed)
            reusable = 0;
        if (source != own)
        {
            Empty(own);
            if (reusable > 0)
                _context.Lend(source.Id, own.Id, reusable);
        }
        else if (reusable < own.Computed && !_context.Remove(own.Id, reusable))
        {
            reusable = 0;
        }
        if (_context.LengthOf(own.Id) != reusable)
        {
            Empty(own);
            reusable = 0;
        }
        own.Agent = agent;
        own.Computed = reusable;
        own.LastUse = ++_uses;
        prompt.CopyTo(own.Tokens);
        return own;
    }

    /// <summary>Forgets the sequence that was not used for longest.</summary>
    /// <returns>False when there is none but the one to keep.</returns>
    internal bool EvictOne(KeptSequence keep)
    {
        KeptSequence? oldest = null;
        foreach (var sequence in _sequences)
        {
            if (sequence != keep && sequence.Computed > 0 && (oldest is null || sequence.LastUse < oldest.LastUse))
                oldest = sequence;
        }
        if (oldest is null)
            return false;
        Empty(oldest);
        return true;
    }

    /// <summary>After a computation that did not end well: believes the memory, not the book.</summary>
    internal void Settle(KeptSequence sequence)
    {
        var held = Math.Min(sequence.Computed, _context.LengthOf(sequence.Id));
        if (held == 0 || !_context.Remove(sequence.Id, held))
            Empty(sequence);
        else
            sequence.Computed = held;
    }

    private KeptSequence OwnerOf(string agent)
    {
        var oldest = _sequences[0];
        foreach (var sequence in _sequences)
        {
            if (string.Equals(sequence.Agent, agent, StringComparison.Ordinal))
                return sequence;
            if (sequence.LastUse < oldest.LastUse)
                oldest = sequence;
        }
        return oldest;
    }

    private void Empty(KeptSequence sequence)
    {
        _context.Remove(sequence.Id, 0);
        sequence.Computed = 0;
        sequence.Agent = null;
    }
}
