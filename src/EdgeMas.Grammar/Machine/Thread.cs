using System.Runtime.CompilerServices;
using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Machine;

/// <summary>One way to read the text so far: a place in a regular part, and what comes after it.</summary>
/// <param name="Automaton">The regular part.</param>
/// <param name="State">Its state.</param>
/// <param name="Allowed">Labels with which it may end; null for all.</param>
/// <param name="Next">What goes on at its end; null: the text may end.</param>
internal readonly record struct Thread(Automaton Automaton, int State, IndexSet? Allowed, Frame? Next)
{
    public bool Equals(Thread other) => State == other.State && ReferenceEquals(Automaton, other.Automaton) && ReferenceEquals(Next, other.Next) && Equals(Allowed, other.Allowed);

    public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(Automaton), State, Next?.GetHashCode() ?? 0);

    /// <returns>The automaton's state behind the byte, or <see cref="Automata.Automaton.Dead"/>.</returns>
    internal int Step(byte next) => Step(State, next);

    internal int Step(int state, byte next)
    {
        var reached = Automaton.Step(state, next);
        return reached != Automata.Automaton.Dead && Allowed is not null && !Automaton.Reaches(reached, Allowed) ? Automata.Automaton.Dead : reached;
    }

    /// <summary>The label with which it may end in the state, or <see cref="Automata.Automaton.NoLabel"/>.</summary>
    internal int EndLabel(int state)
    {
        var label = Automaton.LabelOf(state);
        return label != Automata.Automaton.NoLabel && Allowed is not null && !Allowed.Has(label) ? Automata.Automaton.NoLabel : label;
    }
}
