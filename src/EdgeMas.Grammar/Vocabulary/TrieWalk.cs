using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Machine;
using Thread = EdgeMas.Grammar.Machine.Thread;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>Walks a part of a tree of tokens with a thread of a grammar, and marks the tokens that it can read.</summary>
internal static class TrieWalk
{
    /// <summary>Marks tokens that the thread's automaton reads to their end, and notes the nodes below which the automaton has ended.</summary>
    /// <param name="from">First node, below a node of the given depth.</param>
    internal static void Walk(TokenTrie trie, int from, int end, int depth, in Thread thread, Span<uint> mask, List<(int Node, int Label)> exits)
    {
        var automaton = thread.Automaton;
        var dfa = automaton as Dfa;
        var allowed = thread.Allowed;
        Span<int> states = stackalloc int[257];
        states[0] = thread.State;
        var labels = trie.Labels;
        var depths = trie.Depths;
        var ends = trie.Ends;
        var first = trie.FirstToken;
        for (var node = from; node < end;)
        {
            var at = depths[node] - depth;
            var state = dfa is not null ? dfa.Step(states[at - 1], labels[node]) : automaton.Step(states[at - 1], labels[node]);
            if (state == Automaton.Dead || (allowed is not null && !automaton.Reaches(state, allowed)))
            {
                node = ends[node];
                continue;
            }
            if (first[node] >= 0)
                Mark(trie, node, mask);
            if (ends[node] > node + 1)
            {
                var label = thread.EndLabel(state);
                if (label != Automaton.NoLabel)
                    exits.Add((node, label));
                if (!automaton.Continues(state))
                {
                    node = ends[node];
                    continue;
                }
            }
            states[at] = state;
            node++;
        }
    }

    /// <summary>Marks tokens that the thread and whatever follows it read to their end.</summary>
    internal static void WalkThrough(GrammarMachine machine, TokenTrie trie, int from, int end, int depth, in Thread thread, Span<uint> mask)
    {
        var exits = new List<(int Node, int Label)>();
        Walk(trie, from, end, depth, thread, mask, exits);
        if (thread.Next is null)
            return;
        foreach (var (node, label) in exits)
        {
            foreach (var next in machine.Follow(thread.Next, label))
                WalkThrough(machine, trie, node + 1, trie.Ends[node], trie.Depths[node], next, mask);
        }
    }

    private static void Mark(TokenTrie trie, int node, Span<uint> mask)
    {
        for (var at = trie.FirstToken[node]; at >= 0; at = trie.NextSame[at])
        {
            var token = trie.Tokens[at];
            mask[token >> 5] |= 1u << token;
        }
    }
}
