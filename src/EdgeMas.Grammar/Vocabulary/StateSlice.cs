using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>
/// What can be said of all tokens in a state of an automaton without knowing what comes behind it: which it takes whole, and where others leave it. Immutable.
/// </summary>
/// <param name="Base">Tokens that it takes whole, with others that are written alike; made once for the vocabulary. Null where there are few.</param>
/// <param name="Whole">Further tokens that stay inside to their end.</param>
/// <param name="Exits">Where others leave it.</param>
internal sealed record StateSlice(TokenMask? Base, TokenMask Whole, ExitSet Exits)
{
    internal static StateSlice Compute(TokenVocabulary vocabulary, Automaton automaton, int state)
    {
        var into = new MaskBuilder();
        List<(int Node, int Label)>? exits = null;
        TokenMask? made = null;
        var trie = vocabulary.All;
        if (automaton is Dfa dfa)
        {
            var most = vocabulary.Written.MostFor(dfa.Fit, state);
            if (vocabulary.Written.CountWith(dfa.Fit.LeadAway(state)) < (vocabulary.Written.TextCount - (most?.Count ?? 0)) / 2)
                return ComputeRefused(vocabulary, dfa, state);
            made = most?.Mask;
            if (ReferenceEquals(made, vocabulary.Written.Text))
                trie = vocabulary.BeyondText; // few, and near each other in memory
            TrieWalk.WalkTable(Branch.Of(trie), dfa, state, into, ref exits, ReferenceEquals(trie, vocabulary.All) ? most?.Marked ?? default : default);
        }
        else
        {
            TrieWalk.Walk(Branch.Of(trie), new Machine.Thread(automaton, state, null, null), into, ref exits);
        }
        return new StateSlice(made, into.TakeSince(default, vocabulary.Words, []), new ExitSet(vocabulary, trie, exits is null ? [] : [.. exits]));
    }

    /// <summary>Where few characters lead away from the state, it is quicker to find what it does not read.</summary>
    private static StateSlice ComputeRefused(TokenVocabulary vocabulary, Dfa dfa, int state)
    {
        var (into, refused) = (new MaskBuilder(), new MaskBuilder());
        List<(int Node, int Label)>? exits = null;
        TrieWalk.WalkTable(Branch.Of(vocabulary.All), dfa, state, into, ref exits, new MarkedTokens(1, AlphabetFit.Endless, refused));
        into.Add(vocabulary.Written.Text);
        return new StateSlice(null, into.TakeSince(default, vocabulary.Words, refused.TakeTokensSince(default)), new ExitSet(vocabulary, vocabulary.All, exits is null ? [] : [.. exits]));
    }

    internal void AddTo(MaskBuilder into)
    {
        if (Base is not null)
            into.Add(Base);
        into.Add(Whole);
    }
}
