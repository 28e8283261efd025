namespace EdgeMas.Grammar.Vocabulary;

/// <summary>Tokens that are written over an alphabet, by their length: masks that are made once for a vocabulary. Immutable.</summary>
internal sealed class AlphabetTokens
{
    private static readonly int[] Lengths = [AlphabetFit.Endless, 24, 16, 12, 8, 6, 4, 3, 2];

    private readonly (TokenMask Mask, int Count)[,] _masks = new (TokenMask, int)[Alphabets.Count, Lengths.Length];

    private readonly int[] _withKind = new int[CharacterKinds.Count]; // tokens over the first alphabet, by a kind that they have

    internal AlphabetTokens(TokenTrie all, int words)
    {
        var into = new MaskBuilder();
        var characters = CharactersOf(all);
        for (var alphabet = 0; alphabet < Alphabets.Count; alphabet++)
        {
            for (var i = 0; i < Lengths.Length; i++)
            {
                for (var node = 0; node < all.Count; node++)
                {
                    if ((all.Nodes[node].Whole & (1 << alphabet)) != 0 && characters[node] <= Lengths[i])
                        into.Add(all.TokensAt(node));
                }
                var count = into.Mark.Tokens;
                _masks[alphabet, i] = (into.TakeSince(default, words, []), count);
            }
        }
        CountKinds(all);
    }

    /// <summary>Tokens over the first alphabet, which the others are parts of.</summary>
    internal TokenMask Text => _masks[0, 0].Mask;

    internal int TextCount => _masks[0, 0].Count;

    /// <summary>At most so many tokens over the first alphabet have a character of the kinds.</summary>
    internal int CountWith(ulong kinds)
    {
        var count = 0;
        for (var left = kinds & ~CharacterKinds.Broken; left != 0; left &= left - 1)
            count += _withKind[System.Numerics.BitOperations.TrailingZeroCount(left)];
        return count;
    }

    /// <summary>The most tokens that a state surely reads; null where there are few.</summary>
    internal (TokenMask Mask, int Count, MarkedTokens Marked)? MostFor(AlphabetFit fit, int state)
    {
        var (best, alphabetOfBest, lengthOfBest) = (0, -1, 0);
        for (var alphabet = 0; alphabet < Alphabets.Count; alphabet++)
        {
            var depth = fit.DepthOf(state, alphabet);
            for (var i = 0; i < Lengths.Length; i++)
            {
                if (Lengths[i] > depth)
                    continue;
                if (_masks[alphabet, i].Count > best)
                    (best, alphabetOfBest, lengthOfBest) = (_masks[alphabet, i].Count, alphabet, i);
                break;
            }
        }
        return alphabetOfBest < 0 ? null : (_masks[alphabetOfBest, lengthOfBest].Mask, best, new MarkedTokens((byte)(1 << alphabetOfBest), Lengths[lengthOfBest], null));
    }

    private static int[] CharactersOf(TokenTrie all)
    {
        var characters = new int[all.Count];
        Span<int> path = stackalloc int[256];
        path[0] = 0;
        for (var node = 0; node < all.Count; node++)
        {
            ref readonly var at = ref all.Nodes[node];
            characters[node] = path[at.Depth] = path[at.Depth - 1] + ((at.Label & 0xC0) == 0x80 ? 0 : 1);
        }
        return characters;
    }

    private void CountKinds(TokenTrie all)
    {
        Span<ulong> path = stackalloc ulong[256];
        path[0] = 0;
        for (var node = 0; node < all.Count; node++)
        {
            ref readonly var at = ref all.Nodes[node];
            path[at.Depth] = path[at.Depth - 1] | (1UL << CharacterKinds.Of(at.Label));
            if ((at.Whole & 1) == 0)
                continue;
            for (var left = path[at.Depth]; left != 0; left &= left - 1)
                _withKind[System.Numerics.BitOperations.TrailingZeroCount(left)] += all.TokensAt(node).Length;
        }
    }
}
