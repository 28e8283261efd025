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
