using System.Numerics;
using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>How long words over each alphabet may be so that a table surely reads them, from each of its states on. Immutable.</summary>
internal sealed class AlphabetFit
{
    /// <summary>Any number of bytes.</summary>
    internal const byte Endless = 255;

    /// <summary>Pairs of states that are looked at; in larger tables the alphabet is taken not to fit.</summary>
    private const int MaxPairs = 20_000;

    private const int NotSeen = -2;
    private const int Seen = -1;

    private readonly byte[] _depths; // by state, then by alphabet
    private readonly byte[] _endlessly;
    private readonly byte[] _partly;

    private AlphabetFit(int states)
    {
        _depths = new byte[states * Alphabets.Count];
        _endlessly = new byte[states];
        _partly = new byte[states];
    }

    /// <summary>Bytes of words over the alphabet that the state surely reads.</summary>
    internal int DepthOf(int state, int alphabet) => _depths[(state * Alphabets.Count) + alphabet];

    /// <summary>By state: alphabets over which it reads words of any length.</summary>
    internal ReadOnlySpan<byte> Endlessly => _endlessly;

    /// <summary>By state: alphabets over which it reads short words.</summary>
    internal ReadOnlySpan<byte> Partly => _partly;

    /// <summary>It reads all words over some alphabet of the set that have at most so many bytes.</summary>
    internal bool Fits(int state, int alphabets, int bytes)
    {
        for (var left = alphabets; left != 0; left &= left - 1)
        {
            if (DepthOf(state, BitOperations.TrailingZeroCount(left)) >= bytes)
                return true;
        }
        return false;
    }

    internal static AlphabetFit Compute(Dfa dfa)
    {
        var fit = new AlphabetFit(dfa.Count);
        var examples = ByteClasses.Meet(dfa.Classes, Alphabets.Classes).Examples;
        for (var alphabet = 0; alphabet < Alphabets.Count; alphabet++)
        {
            var words = Alphabets.Words[alphabet];
            if (dfa.Count * words.Count <= MaxPairs)
                fit.Measure(dfa, words, alphabet, examples);
        }
        return fit;
    }

    /// <summary>Finds for each state the nearest pair of states in which the alphabet has a byte that the table has not.</summary>
    private void Measure(Dfa dfa, Dfa words, int alphabet, byte[] examples)
    {
        var width = words.Count;
        var ways = WaysOf(dfa, words, examples);
        var distances = new int[dfa.Count * width];
        Array.Fill(distances, NotSeen);
        var firstEdge = new int[distances.Length];
        Array.Fill(firstEdge, -1);
        var edges = new List<(int From, int Next)>();
        var pairs = new List<int>();
        var open = new Queue<int>();
        for (var state = 0; state < dfa.Count; state++)
        {
            distances[(state * width) + words.Start] = Seen;
            pairs.Add((state * width) + words.Start);
        }
        for (var i = 0; i < pairs.Count; i++)
        {
            var pair = pairs[i];
            var (state, word) = Math.DivRem(pair, width);
            foreach (var (column, next) in ways[word])
            {
                var reached = dfa.Table[(state * dfa.Classes.Count) + column];
                if (reached == Automaton.Dead)
                {
                    distances[pair] = 0;
                    open.Enqueue(pair);
                    break;
                }
                var target = (reached * width) + next;
                edges.Add((pair, firstEdge[target]));
                firstEdge[target] = edges.Count - 1;
                if (distances[target] != NotSeen)
                    continue;
                distances[target] = Seen;
                pairs.Add(target);
            }
        }
        while (open.TryDequeue(out var pair))
        {
            for (var edge = firstEdge[pair]; edge >= 0; edge = edges[edge].Next)
            {
                var from = edges[edge].From;
                if (distances[from] >= 0)
                    continue;
                distances[from] = distances[pair] + 1;
                open.Enqueue(from);
            }
        }
        for (var state = 0; state < dfa.Count; state++)
        {
            var distance = distances[(state * width) + words.Start];
            _depths[(state * Alphabets.Count) + alphabet] = distance < 0 ? Endless : (byte)Math.Min(distance, Endless - 1);
            if (distance < 0)
                _endlessly[state] |= (byte)(1 << alphabet);
            else if (distance > 0)
                _partly[state] |= (byte)(1 << alphabet);
        }
    }

    /// <summary>By state of the words: the table's columns for the bytes that may come, and the words' state behind them.</summary>
    private static (int Column, int Next)[][] WaysOf(Dfa dfa, Dfa words, byte[] examples)
    {
        var ways = new (int, int)[words.Count][];
        var seen = new HashSet<(int, int)>();
        for (var word = 0; word < words.Count; word++)
        {
            seen.Clear();
            foreach (var example in examples)
            {
                var next = words.Step(word, example);
                if (next != Automaton.Dead)
                    seen.Add((dfa.Classes.Of(example), next));
            }
            ways[word] = [.. seen];
        }
        return ways;
    }
}
