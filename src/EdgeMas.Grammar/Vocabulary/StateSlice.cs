using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>
/// What can be said of all tokens in a state of an automaton without knowing what comes behind it: which it takes whole, and where others leave it. Immutable.
/// </summary>
/// <param name="Base">Tokens that it takes whole, with others that are written alike; made once for the vocabulary. Null where there are few.</param>
/// <param name="Whole">Further tokens that stay inside to their end.</param>
/// <param name="Exits">Nodes of the vocabulary's tree below which the tokens leave it, and the label with which they do.</param>
internal sealed record StateSlice(TokenMask? Base, TokenMask Whole, (int Node, int Label)[] Exits)
{
    internal static StateSlice Compute(TokenVocabulary vocabulary, Automaton automaton, int state)
    {
        var into = new MaskBuilder();
        var trie = vocabulary.All;
        List<(int Node, int Label)>? exits = null;
        TokenMask? made = null;
        if (automaton is Dfa dfa)
        {
            var most = vocabulary.Written.MostFor(dfa.Fit, state);
            made = most?.Mask;
            TrieWalk.WalkTable(trie, 0, trie.Count, 0, dfa, state, into, ref exits, most is var (_, alphabet, bytes) ? (alphabet, bytes) : default);
        }
        else
        {
            TrieWalk.Walk(trie, 0, trie.Count, 0, new Machine.Thread(automaton, state, null, null), into, ref exits);
        }
        return new StateSlice(made, into.TakeSince(default, vocabulary.Words, []), exits is null ? [] : [.. exits]);
    }

    internal void AddTo(MaskBuilder into)
    {
        if (Base is not null)
            into.Add(Base);
        into.Add(Whole);
    }
}
