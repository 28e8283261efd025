using System.Runtime.CompilerServices;
using EdgeMas.Grammar.Automata;
using Thread = EdgeMas.Grammar.Machine.Thread;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>Walks a part of a tree of tokens with a thread of a grammar, and marks the tokens that it can read.</summary>
internal static class TrieWalk
{
    /// <summary>Marks tokens that the thread's automaton reads to their end, and notes the nodes below which the automaton has ended.</summary>
    internal static void Walk(in Branch branch, in Thread thread, MaskBuilder into, ref List<(int Node, int Label)>? exits)
    {
        if (thread.Automaton is Dfa dfa)
            WalkTable(branch, dfa, thread.State, into, ref exits, default);
        else if (thread.Automaton is WordTrie words)
            WalkWords(branch, words, thread.State, thread.Allowed, into, ref exits);
        else
            WalkAny(branch, thread, into, ref exits);
    }

    /// <param name="marked">Tokens that are marked already, where the walk begins at the root.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void WalkTable(in Branch branch, Dfa dfa, int start, MaskBuilder into, ref List<(int Node, int Label)>? exits, MarkedTokens marked)
    {
        var (trie, from, end, depth) = branch;
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
        var kinds = trie.KindsBelow;
        var refused = marked.Refused;
        for (var at = from; at < end;)
        {
            ref readonly var node = ref nodes[at];
            var level = node.Depth - depth;
            var state = table[(states[level - 1] * width) + classes[node.Label]];
            if (state < 0)
            {
                if (refused is not null && (node.Whole & marked.Alphabet) != 0)
                    refused.Add(trie.TokensFrom(at));
                at = node.End;
                continue;
            }
            var behind = nodes[at + 1].FirstToken;
            if (node.FirstToken < behind && (refused is null || (node.Whole & marked.Alphabet) == 0))
                into.Add(trie.Tokens.AsSpan(node.FirstToken, behind - node.FirstToken));
            if (node.Height > 0)
            {
                // Tokens that the automaton reads whole need no look at what follows it.
                var known = (node.WholeBelow & marked.Alphabet) != 0 && node.Reach <= marked.Characters;
                if (known && refused is null)
                {
                    at = node.End;
                    continue;
                }
                var below = node.Below;
                var before = node.Label >= CharacterKinds.FirstLead ? states[level - 1] : state; // where the characters begin whose kinds are known
                if ((endlessly[state] & below) != 0 || (kinds[at] & fit.LeadAway(before)) == 0 || ((partly[state] & below) != 0 && fit.Fits(state, partly[state] & below, node.Height)))
                {
                    if (!known)
                        into.Add(trie.Tokens.AsSpan(behind, nodes[node.End].FirstToken - behind));
                    at = node.End;
                    continue;
                }
                if (labels[state] != Automaton.NoLabel)
                    (exits ??= []).Add((at, labels[state]));
                if ((kinds[at] & fit.Alive(state)) == 0)
                {
                    refused?.Add(trie.Tokens.AsSpan(behind, nodes[node.End].FirstToken - behind));
                    at = node.End;
                    continue;
                }
            }
            states[level] = state;
            at++;
        }
    }

    /// <summary>Follows the edges of the words, which are few, instead of the tokens.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WalkWords(in Branch branch, WordTrie words, int state, IndexSet? allowed, MaskBuilder into, ref List<(int Node, int Label)>? exits)
    {
        var (trie, node, end, _) = branch;
        for (var edge = 0; edge < words.EdgeCount(state); edge++)
        {
            var (label, target) = words.EdgeAt(state, edge);
            while (node < end && trie.Nodes[node].Label < label)
                node = trie.Nodes[node].End;
            if (node == end)
                return;
            if (trie.Nodes[node].Label != label || (allowed is not null && !words.Reaches(target, allowed)))
                continue;
            into.Add(trie.TokensAt(node));
            if (trie.Nodes[node].Height == 0)
                continue;
            var word = words.LabelOf(target);
            if (word != Automaton.NoLabel && (allowed is null || allowed.Has(word)))
                (exits ??= []).Add((node, word));
            WalkWords(Branch.Below(trie, node), words, target, allowed, into, ref exits);
        }
    }

    private static void WalkAny(in Branch branch, in Thread thread, MaskBuilder into, ref List<(int Node, int Label)>? exits)
    {
        var (trie, from, end, depth) = branch;
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
            into.Add(trie.TokensAt(at));
            if (node.Height > 0 && thread.EndLabel(state) is var label && label != Automaton.NoLabel)
                (exits ??= []).Add((at, label));
            states[node.Depth - depth] = state;
            at++;
        }
    }

    /// <summary>Adds the tokens that have a word of the tree, from its node on, as their beginning.</summary>
    internal static void FindBehind(in Branch branch, WordTrie words, int state, MaskBuilder into)
    {
        var (trie, node, end, _) = branch;
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
                FindBehind(Branch.Below(trie, node), words, target, into);
                continue;
            }
            into.Add(trie.TokensFrom(node));
        }
    }
}
