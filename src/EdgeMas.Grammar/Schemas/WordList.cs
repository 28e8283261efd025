using System.Text;
using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Schemas;

/// <summary>A table of listed words, for algebra with other languages.</summary>
internal static class WordList
{
    internal static Dfa Build(IEnumerable<string> words)
    {
        byte[][] sorted = [.. words.Select(Encoding.UTF8.GetBytes)];
        if (sorted.Length == 0)
            return Dfa.Empty;
        Array.Sort(sorted, static (a, b) => a.AsSpan().SequenceCompareTo(b));
        var trie = new WordTrie(sorted);
        var used = new bool[256];
        foreach (var word in sorted)
        {
            foreach (var value in word)
                used[value] = true;
        }
        return DfaBuilder.Explore(
            trie.Start,
            ByteClasses.By(value => used[value] ? value + 1 : 0),
            (int state, byte next, out int target) => (target = trie.Step(state, next)) != Automaton.Dead,
            state => trie.LabelOf(state) == Automaton.NoLabel ? Automaton.NoLabel : 0);
    }
}
