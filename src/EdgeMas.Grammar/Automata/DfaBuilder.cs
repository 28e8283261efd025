using System.Runtime.InteropServices;

namespace EdgeMas.Grammar.Automata;

/// <summary>Makes tables out of states that know how to step.</summary>
internal static class DfaBuilder
{
    /// <summary>Most states of one automaton; above, the schema or pattern is refused.</summary>
    internal const int MaxStates = 60_000;

    /// <summary>Most cells of one automaton's table.</summary>
    internal const int MaxCells = 4_000_000;

    /// <returns>False where the byte leads nowhere.</returns>
    internal delegate bool Stepper<T>(T state, byte next, out T target);

    /// <param name="labelOf">The label of the word that ends in a state, or <see cref="Automaton.NoLabel"/>.</param>
    /// <exception cref="TooManyStatesException">There are more than <see cref="MaxStates"/>.</exception>
    internal static Dfa Explore<T>(T start, ByteClasses classes, Stepper<T> step, Func<T, int> labelOf)
        where T : notnull
    {
        var numbers = new Dictionary<T, int> { [start] = 0 };
        var states = new List<T> { start };
        var next = new List<int>();
        var labels = new List<int>();
        for (var i = 0; i < states.Count; i++)
        {
            CompileWork.Do(classes.Count);
            labels.Add(labelOf(states[i]));
            foreach (var example in classes.Examples)
            {
                if (!step(states[i], example, out var target))
                {
                    next.Add(Automaton.Dead);
                    continue;
                }
                ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, target, out var known);
                if (!known)
                {
                    number = states.Count;
                    states.Add(target);
                    if (states.Count > MaxStates || next.Count > MaxCells)
                        throw new TooManyStatesException();
                }
                next.Add(number);
            }
        }
        return Dfa.Create(classes, CollectionsMarshal.AsSpan(next), CollectionsMarshal.AsSpan(labels), 0);
    }

    internal static Dfa Intersect(Dfa a, Dfa b) => Combine(a, b, static (inA, inB) => inA && inB, needsA: true, needsB: true);

    internal static Dfa Unite(Dfa a, Dfa b) => a.IsEmpty ? b : b.IsEmpty ? a : Combine(a, b, static (inA, inB) => inA || inB, needsA: false, needsB: false);

    /// <summary>Words of the first that the second does not have.</summary>
    internal static Dfa Subtract(Dfa a, Dfa b) => b.IsEmpty ? a : Combine(a, b, static (inA, inB) => inA && !inB, needsA: true, needsB: false);

    private static Dfa Combine(Dfa a, Dfa b, Func<bool, bool, bool> accepts, bool needsA, bool needsB)
    {
        if ((a.IsEmpty && needsA) || (b.IsEmpty && needsB))
            return Dfa.Empty;
        return Explore(
            (A: a.Start, B: b.Start),
            ByteClasses.Meet(a.Classes, b.Classes),
            ((int A, int B) state, byte next, out (int A, int B) target) =>
            {
                target = (state.A == Automaton.Dead ? Automaton.Dead : a.Step(state.A, next), state.B == Automaton.Dead ? Automaton.Dead : b.Step(state.B, next));
                return (target.A != Automaton.Dead || !needsA) && (target.B != Automaton.Dead || !needsB) && target is not (Automaton.Dead, Automaton.Dead);
            },
            state => accepts(
                state.A != Automaton.Dead && a.LabelOf(state.A) != Automaton.NoLabel,
                state.B != Automaton.Dead && b.LabelOf(state.B) != Automaton.NoLabel) ? 0 : Automaton.NoLabel);
    }
}
