using System.Runtime.InteropServices;
using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Machine;
using EdgeMas.Grammar.Strings;
using Thread = EdgeMas.Grammar.Machine.Thread;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>
/// Marks the tokens that threads and whatever comes behind them read to their end. Threads that stand in the same place of the same automaton differ only in what
/// comes behind: tokens are walked once for all of them. Stateless.
/// </summary>
internal sealed class ThreadWalk(GrammarMachine machine, TokenVocabulary vocabulary)
{
    private readonly TokenTrie _trie = vocabulary.All;
    private readonly Branch _whole = Branch.Of(vocabulary.All);

    /// <summary>Of all tokens.</summary>
    internal void MarkAll(ReadOnlySpan<Thread> threads, MaskBuilder into) => MarkGroups(threads, _whole, into);

    /// <summary>Of the tokens that go on behind a node.</summary>
    internal void MarkBelow(int node, ReadOnlySpan<Thread> threads, MaskBuilder into) => MarkGroups(threads, Branch.Below(_trie, node), into);

    private void MarkGroups(ReadOnlySpan<Thread> threads, in Branch branch, MaskBuilder into)
    {
        if (threads.Length == 1)
        {
            Mark(threads[0], threads[0].Next is { } next ? [next] : [], branch, into);
            return;
        }
        Span<bool> done = threads.Length <= 256 ? stackalloc bool[threads.Length] : new bool[threads.Length];
        var after = new List<Frame>();
        for (var i = 0; i < threads.Length; i++)
        {
            if (done[i])
                continue;
            after.Clear();
            for (var j = i; j < threads.Length; j++)
            {
                if (done[j] || !IsSamePlace(threads[i], threads[j]))
                    continue;
                done[j] = true;
                if (threads[j].Next is { } next)
                    after.Add(next);
            }
            Mark(threads[i], [.. after], branch, into);
        }
    }

    private static bool IsSamePlace(in Thread a, in Thread b) => a.State == b.State && ReferenceEquals(a.Automaton, b.Automaton) && Equals(a.Allowed, b.Allowed);

    private void Mark(in Thread thread, Frame[] after, in Branch branch, MaskBuilder into)
    {
        var automaton = thread.Automaton;
        if (branch.Trie != _trie || branch.Depth > 0 || !automaton.KeepsMasks || thread.Allowed is not null)
            MarkWalking(thread, after, branch, into);
        else if (automaton is OtherString other && other.Forbidden(thread.State) is var (words, start, place))
            MarkOther(words, start, vocabulary.SliceOf(StringSpelling.All, place), after, into);
        else if (automaton is FreeString text && text.Room(thread.State) is var (isOpen, least, most))
            MarkText(vocabulary.TextOf(isOpen), least, most, after, into);
        else
            MarkSlice(vocabulary.SliceOf(automaton, thread.State), after, into);
    }

    private void MarkWalking(in Thread thread, Frame[] after, in Branch branch, MaskBuilder into)
    {
        List<(int Node, int Label)>? exits = null;
        TrieWalk.Walk(branch, thread, into, ref exits);
        if (exits is not null && after.Length > 0)
            Continue(branch.Trie, CollectionsMarshal.AsSpan(exits), after, into);
    }

    private void MarkSlice(StateSlice slice, Frame[] after, MaskBuilder into)
    {
        slice.AddTo(into);
        MarkBehind(slice.Exits, after, into);
    }

    private void MarkText(TextSlice text, int least, int most, Frame[] after, MaskBuilder into)
    {
        text.AddTo(into, least, most);
        foreach (var exits in text.Exits(least, most))
            MarkBehind(exits, after, into);
    }

    private void MarkBehind(ExitSet exits, Frame[] after, MaskBuilder into)
    {
        if (exits.IsEmpty || after.Length == 0)
            return;
        if (exits.Merged() is not { } merged)
        {
            Continue(exits.Trie, exits.Places, after, into);
            return;
        }
        foreach (var (label, rests) in merged)
            MarkGroups(Behind(after, label), Branch.Of(rests), into);
    }

    /// <summary>All strings but those that begin with a forbidden one, its closing quote included.</summary>
    private void MarkOther(WordTrie words, int start, StateSlice all, Frame[] after, MaskBuilder into)
    {
        var before = into.Mark;
        TrieWalk.FindBehind(_whole, words, start, into);
        var forbidden = into.TakeTokensSince(before);
        MarkSlice(all, after, into);
        if (forbidden.Length > 0)
            into.Add(into.TakeSince(before, vocabulary.Words, forbidden));
    }

    private void Continue(TokenTrie trie, ReadOnlySpan<(int Node, int Label)> exits, Frame[] after, MaskBuilder into)
    {
        var last = Automaton.NoLabel;
        Thread[] behind = [];
        foreach (var (node, label) in exits)
        {
            if (label != last)
                (last, behind) = (label, Behind(after, label));
            MarkGroups(behind, Branch.Below(trie, node), into);
        }
    }

    private Thread[] Behind(Frame[] after, int label)
    {
        if (after.Length == 1)
            return machine.Follow(after[0], label);
        var threads = new HashSet<Thread>();
        foreach (var frame in after)
            threads.UnionWith(machine.Follow(frame, label));
        return [.. threads];
    }
}
