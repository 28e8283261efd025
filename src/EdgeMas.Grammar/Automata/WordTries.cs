using System.Text;
using EdgeMas.Grammar.Strings;

namespace EdgeMas.Grammar.Automata;

/// <summary>Trees of words, each once for a grammar: objects with the same names share them, and with them their walks over tokens. One thread.</summary>
internal sealed class WordTries
{
    private readonly Dictionary<string, WordTrie> _byWords = new(StringComparer.Ordinal);
    private readonly Dictionary<WordTrie, OtherString> _others = [];

    /// <param name="words">Distinct, none empty; in any order.</param>
    internal WordTrie Of(IEnumerable<byte[]> words)
    {
        byte[][] sorted = [.. words];
        Array.Sort(sorted, static (a, b) => a.AsSpan().SequenceCompareTo(b));
        var key = new StringBuilder();
        foreach (var word in sorted)
            key.Append(Encoding.Latin1.GetString(word)).Append('\0');
        var joined = key.ToString();
        if (_byWords.TryGetValue(joined, out var known))
            return known;
        var trie = new WordTrie(sorted);
        _byWords.Add(joined, trie);
        return trie;
    }

    /// <summary>All strings but the words, which are written as JSON strings.</summary>
    internal OtherString Except(WordTrie words)
    {
        if (_others.TryGetValue(words, out var known))
            return known;
        var others = new OtherString(words);
        _others.Add(words, others);
        return others;
    }
}
