using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Machine;
using Thread = EdgeMas.Grammar.Machine.Thread;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>Walks a part of a tree of tokens with a thread of a grammar, and marks the tokens that it can read.</summary>
internal static class TrieWalk
{
    /// <summary>Marks tokens that the thread's automaton reads to their end, and notes the nodes below which the automaton has ended.</summary>
    /// <param name="from">First node, below a node of the given depth.</param>
    internal static void Walk(TokenTrie trie, int from, int end, int depth, in Thread thread, Span<uint> mask, ref List<(int Node, int Label)>? exits)
    {
        if (thread.Automaton is Dfa dfa)
            WalkTable(trie, from, end, depth, dfa, thread.State, mask, ref exits, (0, 0));
        else if (thread.Automaton is WordTrie words)
            WalkWords(trie, from, end, words, thread.State, thread.Allowed, mask, ref exits);
        else
            WalkAny(trie, from, end, depth, thread, mask, ref exits);
    }

    /// <param name="marked">Alphabet and most bytes of tokens that are marked already, where the walk begins at the root.</param>
    internal static void WalkTable(
        TokenTrie trie, int from, int end, int depth, Dfa dfa, int start, Span<uint> mask, ref List<(int Node, int Label)>? exits, (byte Alphabet, int Bytes) marked)
    {
        Span<int> states = stackalloc int[257];
        states[0] = start;
        var fit = dfa.Fit;
        var endlessly = fit.Endlessly;
        var partly = fit.Partly;
        var table = dfa.Table;
        var labels = dfa.Labels;
        var classes = dfa.Classes.Map;
        var width = dfa.Classes.Count;
        var nodes = trie.Nodes;
        for (var at = from; at < end;)
        {
            ref readonly var node = ref nodes[at];
            var level = node.Depth - depth;
            var state = table[(states[level - 1] * width) + classes[node.Label]];
            if (state < 0)
            {
                at = node.End;
                continue;
            }
            var behind = nodes[at + 1].FirstToken;
            if (node.FirstToken < behind)
                Mark(trie.Tokens, node.FirstToken, behind, mask);
            if (node.Height > 0)
            {
                // Tokens that the automaton reads whole need no look at what follows it.
                var below = node.Below;
                if ((below & node.Whole & marked.Alphabet) != 0 && node.Depth + node.Height <= marked.Bytes)
                {
                    at = node.End;
                    continue;
                }
                if (below != 0 && ((endlessly[state] & below) != 0 || ((partly[state] & below) != 0 && fit.Fits(state, partly[state] & below, node.Height))))
                {
                    Mark(trie.Tokens, behind, nodes[node.End].FirstToken, mask);
                    at = node.End;
                    continue;
                }
                if (labels[state] != Automaton.NoLabel)
                    (exits ??= []).Add((at, labels[state]));
            }
            states[level] = state;
            at++;
        }
    }

    /// <summary>Follows the edges of the words, which are few, instead of the tokens.</summary>
    private static void WalkWords(TokenTrie trie, int from, int end, WordTrie words, int state, IndexSet? allowed, Span<uint> mask, ref List<(int Node, int Label)>? exits)
    {
        var node = from;
        for (var edge = 0; edge < words.EdgeCount(state); edge++)
        {
            var (label, target) = words.EdgeAt(state, edge);
            while (node < end && trie.Nodes[node].Label < label)
                node = trie.Nodes[node].End;
            if (node == end)
                return;
            if (trie.Nodes[node].Label != label || (allowed is not null && !words.Reaches(target, allowed)))
                continue;
            Mark(trie.Tokens, trie.Nodes[node].FirstToken, trie.Nodes[node + 1].FirstToken, mask);
            if (trie.Nodes[node].Height == 0)
                continue;
            var word = words.LabelOf(target);
            if (word != Automaton.NoLabel && (allowed is null || allowed.Has(word)))
                (exits ??= []).Add((node, word));
            WalkWords(trie, node + 1, trie.Nodes[node].End, words, target, allowed, mask, ref exits);
        }
    }

    private static void WalkAny(TokenTrie trie, int from, int end, int depth, in Thread thread, Span<uint> mask, ref List<(int Node, int Label)>? exits)
    {
        Span<int> states = stackalloc int[257];
        states[0] = thread.State;
        for (var at = from; at < end;)
        {
            ref readonly var node = ref trie.Nodes[at];
            var state = thread.Step(states[node.Depth - depth - 1], node.Label);
            if (state == Automaton.Dead)
            {
                at = node.End;
                continue;
            }
            Mark(trie.Tokens, node.FirstToken, trie.Nodes[at + 1].FirstToken, mask);
            if (node.Height > 0 && thread.EndLabel(state) is var label && label != Automaton.NoLabel)
                (exits ??= []).Add((at, label));
            states[node.Depth - depth] = state;
            at++;
        }
    }

    /// <summary>Marks tokens that the thread and whatever follows it read to their end.</summary>
    internal static void WalkThrough(GrammarMachine machine, TokenTrie trie, int from, int end, int depth, in Thread thread, Span<uint> mask)
    {
        List<(int Node, int Label)>? exits = null;
        Walk(trie, from, end, depth, thread, mask, ref exits);
        if (exits is null || thread.Next is null)
            return;
        foreach (var (node, label) in exits)
            Follow(machine, trie, node, thread.Next, label, mask);
    }

    /// <summary>Marks tokens below a node that are read by what comes behind a thread which ends at the node.</summary>
    internal static void Follow(GrammarMachine machine, TokenTrie trie, int node, Frame after, int label, Span<uint> mask)
    {
        ref readonly var place = ref trie.Nodes[node];
        foreach (ref readonly var next in machine.Follow(after, label).AsSpan())
            WalkThrough(machine, trie, node + 1, place.End, place.Depth, next, mask);
    }

    private static void Mark(int[] tokens, int from, int to, Span<uint> mask)
    {
        for (var i = from; i < to; i++)
            mask[tokens[i] >> 5] |= 1u << tokens[i];
    }
}
