using System.Buffers;
using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Machine;
using EdgeMas.Grammar.Strings;

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
        if (trie.Nodes[node].Height == 0)
            return false;
        var mask = new uint[vocabulary.Words];
        foreach (ref readonly var thread in behind.Threads.AsSpan())
            TrieWalk.WalkThrough(machine, trie, node + 1, trie.Nodes[node].End, trie.Nodes[node].Depth, thread, mask);
        return mask.AsSpan().ContainsAnyExcept(0u);
    }

    private void Add(in Machine.Thread thread, Span<uint> mask)
    {
        var automaton = thread.Automaton;
        if (automaton is OtherString other && other.Forbidden(thread.State) is var (words, node, place))
            AddOther(words, node, thread with { Automaton = StringSpelling.All, State = place }, mask);
        else if (automaton is FreeString text && text.Room(thread.State) is var (isOpen, least, most))
            AddText(vocabulary.TextOf(isOpen), least, most, thread.Next, mask);
        else if (!automaton.KeepsMasks || thread.Allowed is not null)
            TrieWalk.WalkThrough(machine, vocabulary.All, 0, vocabulary.All.Count, 0, thread, mask);
        else
            AddSlice(vocabulary.SliceOf(automaton, thread.State), thread.Next, mask);
    }

    private void AddSlice(StateSlice slice, Frame? after, Span<uint> mask)
    {
        slice.AddTo(mask);
        if (after is null)
            return;
        foreach (var (node, label) in slice.Exits)
            TrieWalk.Follow(machine, vocabulary.All, node, after, label, mask);
    }

    private void AddText(TextSlice text, int least, int most, Frame? after, Span<uint> mask)
    {
        text.AddTo(mask, least, most);
        if (after is null)
            return;
        foreach (var nodes in text.Exits(least, most))
        {
            foreach (var node in nodes)
                TrieWalk.Follow(machine, vocabulary.All, node, after, 0, mask);
        }
    }

    /// <summary>All strings but those that begin with a forbidden one, its closing quote included.</summary>
    private void AddOther(WordTrie words, int node, in Machine.Thread all, Span<uint> mask)
    {
        var own = ArrayPool<uint>.Shared.Rent(vocabulary.Words);
        var bits = own.AsSpan(0, vocabulary.Words);
        bits.Clear();
        AddSlice(vocabulary.SliceOf(all.Automaton, all.State), all.Next, bits);
        Forbid(words, node, 0, vocabulary.All.Count, bits);
        TokenMask.Add(bits, mask);
        ArrayPool<uint>.Shared.Return(own);
    }

    private void Forbid(WordTrie words, int state, int from, int end, Span<uint> bits)
    {
        var trie = vocabulary.All;
        var node = from;
        for (var edge = 0; edge < words.EdgeCount(state); edge++)
        {
            var (label, target) = words.EdgeAt(state, edge);
            while (node < end && trie.Nodes[node].Label < label)
                node = trie.Nodes[node].End;
            if (node == end)
                return;
            if (trie.Nodes[node].Label != label)
                continue;
            if (words.LabelOf(target) == Automaton.NoLabel)
            {
                Forbid(words, target, node + 1, trie.Nodes[node].End, bits);
                continue;
            }
            Clear(trie.TokensAt(node), bits);
            Clear(trie.TokensBelow(node), bits);
        }

        static void Clear(ReadOnlySpan<int> tokens, Span<uint> bits)
        {
            foreach (var token in tokens)
                bits[token >> 5] &= ~(1u << token);
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
