using System.Runtime.CompilerServices;
using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>How words of one table step through another.</summary>
internal static class TableWays
{
    /// <summary>By state of the words: the table's columns for the bytes that may come, and the words' state behind them; each once.</summary>
    /// <param name="examples">A byte of each class that the two tell apart.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static (int Column, int Next)[][] Of(Dfa dfa, Dfa words, ReadOnlySpan<byte> examples)
    {
        var ways = new (int, int)[words.Count][];
        Span<(int Column, int Next)> found = stackalloc (int, int)[256];
        for (var word = 0; word < words.Count; word++)
        {
            var count = 0;
            foreach (var example in examples)
            {
                var way = (Column: dfa.Classes.Of(example), Next: words.Step(word, example));
                var known = way.Next == Automaton.Dead;
                for (var i = 0; i < count && !known; i++)
                    known = found[i].Column == way.Column && found[i].Next == way.Next;
                if (!known)
                    found[count++] = way;
            }
            ways[word] = found[..count].ToArray();
        }
        return ways;
    }
}
