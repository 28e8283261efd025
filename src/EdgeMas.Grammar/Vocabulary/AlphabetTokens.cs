namespace EdgeMas.Grammar.Vocabulary;

/// <summary>Tokens that are written over an alphabet, by their length: masks that are made once for a vocabulary. Immutable.</summary>
internal sealed class AlphabetTokens
{
    private static readonly int[] Lengths = [AlphabetFit.Endless, 24, 16, 12, 8, 6, 4, 3, 2];

    private readonly (TokenMask Mask, int Count)[,] _masks = new (TokenMask, int)[Alphabets.Count, Lengths.Length];

    internal AlphabetTokens(TokenTrie all, int words)
    {
        var into = new MaskBuilder();
        for (var alphabet = 0; alphabet < Alphabets.Count; alphabet++)
        {
            for (var i = 0; i < Lengths.Length; i++)
            {
                for (var node = 0; node < all.Count; node++)
                {
                    if ((all.Nodes[node].Whole & (1 << alphabet)) != 0 && all.Nodes[node].Depth <= Lengths[i])
                        into.Add(all.TokensAt(node));
                }
                var count = into.Mark.Tokens;
                _masks[alphabet, i] = (into.TakeSince(default, words, []), count);
            }
        }
    }

    /// <summary>The most tokens that a state surely reads; null where there are few.</summary>
    internal (TokenMask Mask, byte Alphabet, int Bytes)? MostFor(AlphabetFit fit, int state)
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
        return alphabetOfBest < 0 ? null : (_masks[alphabetOfBest, lengthOfBest].Mask, (byte)(1 << alphabetOfBest), Lengths[lengthOfBest]);
    }
}
