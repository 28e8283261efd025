namespace EdgeMas.Grammar.Automata;

/// <summary>
/// A regular language over bytes. Its states are numbers that the automaton gives meaning to; a state from which no word can be finished does not exist, so
/// whatever is not <see cref="Dead"/> can be completed. An accepting state has a label: which of several meanings the word has. Immutable, any thread.
/// </summary>
internal abstract class Automaton
{
    internal const int Dead = -1;
    internal const int NoLabel = -1;

    /// <summary><see cref="Dead"/> where the language is empty.</summary>
    internal abstract int Start { get; }

    internal abstract int Step(int state, byte next);

    /// <summary>The label of the word that ends here, or <see cref="NoLabel"/>.</summary>
    internal abstract int LabelOf(int state);

    /// <summary>Some byte may follow.</summary>
    internal abstract bool Continues(int state);

    /// <summary>Fewest bytes from here to the end of a word.</summary>
    internal abstract int DistanceFrom(int state);

    /// <summary>The only byte that may follow, or −1 where there are several or none.</summary>
    internal abstract int OnlyByte(int state, IndexSet? allowed);

    /// <summary>A word with a label of the set can still be finished. Only automata whose labels are chosen among know better than yes.</summary>
    internal virtual bool Reaches(int state, IndexSet allowed) => true;

    /// <summary>Bytes of the longest token that <see cref="Representative"/> takes into account.</summary>
    internal const int LongestToken = 255;

    /// <summary>A place that treats every token of up to <see cref="LongestToken"/> bytes as the state does: states that differ only far away share their masks.</summary>
    internal virtual (Automaton Automaton, int State) Representative(int state) => (this, state);

    /// <summary>Masks of its states are worth keeping: many tokens may follow, and the same state is met again in other places.</summary>
    internal virtual bool KeepsMasks => true;
}
