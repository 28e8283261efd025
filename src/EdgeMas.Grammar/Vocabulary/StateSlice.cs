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
        if (automaton is Dfa dfa)
        {
            var most = vocabulary.Written.MostFor(dfa.Fit, state);
            made = most?.Mask;
            TrieWalk.WalkTable(Branch.Of(vocabulary.All), dfa, state, into, ref exits, most is var (_, alphabet, bytes) ? (alphabet, bytes) : default);
        }
        else
        {
            TrieWalk.Walk(Branch.Of(vocabulary.All), new Machine.Thread(automaton, state, null, null), into, ref exits);
        }
        return new StateSlice(made, into.TakeSince(default, vocabulary.Words, []), new ExitSet(vocabulary, exits is null ? [] : [.. exits]));
    }

    internal void AddTo(MaskBuilder into)
    {
        if (Base is not null)
            into.Add(Base);
        into.Add(Whole);
    }
}
