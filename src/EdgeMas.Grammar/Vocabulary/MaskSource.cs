using EdgeMas.Grammar.Machine;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>Masks of one grammar's states over one vocabulary: computed when first asked for, kept, and shared by all sequences. Any thread.</summary>
internal sealed class MaskSource(GrammarMachine machine, TokenVocabulary vocabulary)
{
    /// <summary>Bytes of masks that are kept; further ones are computed each time.</summary>
    private const long MaxKept = 64L << 20;

    private long _kept;

    internal GrammarMachine Machine => machine;

    internal TokenVocabulary Vocabulary => vocabulary;

    /// <param name="mask">At least as many words as the vocabulary has; all are written.</param>
    internal void Fill(GrammarState state, Span<uint> mask)
    {
        if (state.Mask is { } known && ReferenceEquals(known.Owner, this))
        {
            known.Mask.CopyTo(mask);
            return;
        }
        mask.Clear();
        foreach (ref readonly var thread in state.Threads.AsSpan())
            Add(thread, mask);
        Keep(state, mask);
    }

    /// <summary>Tokens that the state forces, in order.</summary>
    internal int[] ForcedIn(GrammarState state)
    {
        if (state.Forced is { } known && ReferenceEquals(known.Owner, this))
            return known.Tokens;
        var tokens = Constraints.ForcedRun.Compute(this, state);
        state.Forced = new StateForced(this, tokens);
        return tokens;
    }

    /// <summary>Some token begins with the text and goes on with what the state behind the text allows.</summary>
    internal bool CanReachBeyond(ReadOnlySpan<byte> text, GrammarState behind)
    {
        var trie = vocabulary.All;
        var node = -1;
        foreach (var next in text)
        {
            node = trie.Child(node, next);
            if (node < 0)
                return false;
        }
        if (trie.Ends[node] == node + 1)
            return false;
        var mask = new uint[vocabulary.Words];
        foreach (ref readonly var thread in behind.Threads.AsSpan())
            TrieWalk.WalkThrough(machine, trie, node + 1, trie.Ends[node], trie.Depths[node], thread, mask);
        return mask.AsSpan().ContainsAnyExcept(0u);
    }

    private void Add(in Machine.Thread thread, Span<uint> mask)
    {
        var automaton = thread.Automaton;
        if (!automaton.KeepsMasks || thread.Allowed is not null)
        {
            TrieWalk.WalkThrough(machine, vocabulary.All, 0, vocabulary.All.Count, 0, thread, mask);
            return;
        }
        var slice = vocabulary.SliceOf(automaton, thread.State);
        slice.Whole.AddTo(mask);
        if (thread.Next is null)
            return;
        foreach (var (label, rests) in slice.Exits)
        {
            foreach (var next in machine.Follow(thread.Next, label))
                TrieWalk.WalkThrough(machine, rests, 0, rests.Count, 0, next, mask);
        }
    }

    private void Keep(GrammarState state, ReadOnlySpan<uint> mask)
    {
        if (Interlocked.Read(ref _kept) > MaxKept)
            return;
        var kept = TokenMask.Of(mask[..vocabulary.Words]);
        Interlocked.Add(ref _kept, kept.Size);
        state.Mask = new StateMask(this, kept);
    }
}
