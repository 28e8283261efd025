using System.Numerics;
using System.Runtime.CompilerServices;
using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>How long words over each alphabet may be so that a table surely reads them, from each of its states on. Immutable.</summary>
internal sealed class AlphabetFit
{
    /// <summary>Any number of characters.</summary>
    internal const byte Endless = 255;

    /// <summary>Pairs of states that are looked at; in larger tables the alphabet is taken not to fit.</summary>
    private const int MaxPairs = 20_000;

    private const int Never = int.MaxValue / 2;

    private readonly byte[] _depths; // by state, then by alphabet
    private readonly byte[] _endlessly;
    private readonly byte[] _partly;
    private readonly TableKinds _kinds;
    private readonly ulong[] _away; // 0: not looked at yet
    private readonly ulong[] _alive;

    private AlphabetFit(Dfa dfa)
    {
        var states = dfa.Count;
        _kinds = new TableKinds(dfa);
        _away = new ulong[states];
        _alive = new ulong[states];
        _depths = new byte[states * Alphabets.Count];
        _endlessly = new byte[states];
        _partly = new byte[states];
    }

    /// <summary>Characters of words over the alphabet that the state surely reads, the last perhaps in part.</summary>
    internal int DepthOf(int state, int alphabet) => _depths[(state * Alphabets.Count) + alphabet];

    /// <summary>By state: alphabets over which it reads words of any length.</summary>
    internal ReadOnlySpan<byte> Endlessly => _endlessly;

    /// <summary>By state: alphabets over which it reads short words.</summary>
    internal ReadOnlySpan<byte> Partly => _partly;

    /// <summary>Kinds of characters of which some does not lead from the state back to it, and <see cref="CharacterKinds.Broken"/>.</summary>
    internal ulong LeadAway(int state) => _away[state] is not 0 and var known ? known : _away[state] = _kinds.LeadAway(state);

    /// <summary>Kinds of bytes of which some leads on from the state.</summary>
    internal ulong Alive(int state) => _alive[state] is not 0 and var known ? known : _alive[state] = _kinds.Alive(state);

    /// <summary>It reads all words over some alphabet of the set that have at most so many characters.</summary>
    internal bool Fits(int state, int alphabets, int characters)
    {
        for (var left = alphabets; left != 0; left &= left - 1)
        {
            if (DepthOf(state, BitOperations.TrailingZeroCount(left)) >= characters)
                return true;
        }
        return false;
    }

    internal static AlphabetFit Compute(Dfa dfa)
    {
        var fit = new AlphabetFit(dfa);
        var examples = ByteClasses.Meet(dfa.Classes, Alphabets.Classes).Examples;
        for (var alphabet = 0; alphabet < Alphabets.Count; alphabet++)
        {
            var words = Alphabets.Words[alphabet];
            if (dfa.Count * words.Count <= MaxPairs)
                fit.Measure(dfa, words, alphabet, examples);
        }
        return fit;
    }

    /// <summary>
    /// Finds for each state the fewest characters that must be begun to meet a byte of the alphabet that the table does not have. States are numbered away from the
    /// start, so that going through them backwards a few times is enough.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure(Dfa dfa, Dfa words, int alphabet, byte[] examples)
    {
        var width = words.Count;
        var columns = dfa.Classes.Count;
        var table = dfa.Table;
        var ways = TableWays.Of(dfa, words, examples);
        var nearest = new int[dfa.Count * width];
        var pairs = new int[nearest.Length]; // those that words lead to
        var count = 0;
        for (var state = 0; state < dfa.Count; state++)
        {
            nearest[(state * width) + words.Start] = Never;
            pairs[count++] = (state * width) + words.Start;
        }
        for (var i = 0; i < count; i++)
        {
            var (state, word) = Math.DivRem(pairs[i], width);
            foreach (var (column, next) in ways[word])
            {
                var reached = table[(state * columns) + column];
                if (reached == Automaton.Dead || nearest[(reached * width) + next] == Never)
                    continue;
                nearest[(reached * width) + next] = Never;
                pairs[count++] = (reached * width) + next;
            }
        }
        for (var changed = true; changed;)
        {
            changed = false;
            for (var i = count - 1; i >= 0; i--)
            {
                var pair = pairs[i];
                var (state, word) = Math.DivRem(pair, width);
                var least = Never;
                foreach (var (column, next) in ways[word])
                {
                    var reached = table[(state * columns) + column];
                    least = Math.Min(least, reached == Automaton.Dead ? 0 : nearest[(reached * width) + next]);
                }
                if (word == words.Start && least < Never)
                    least++; // a character begins
                if (least >= nearest[pair])
                    continue;
                nearest[pair] = least;
                changed = true;
            }
        }
        for (var state = 0; state < dfa.Count; state++)
        {
            var characters = nearest[(state * width) + words.Start];
            _depths[(state * Alphabets.Count) + alphabet] = characters >= Never ? Endless : (byte)Math.Min(characters - 1, Endless - 1);
            if (characters >= Never)
                _endlessly[state] |= (byte)(1 << alphabet);
            else if (characters > 1)
                _partly[state] |= (byte)(1 << alphabet);
        }
    }
}
