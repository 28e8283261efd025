using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Machine;

/// <summary>A regular part.</summary>
internal sealed class TerminalNode(Automaton automaton) : Node
{
    internal override int Measure() => automaton.Start == Automaton.Dead ? Unreachable : automaton.DistanceFrom(automaton.Start);

    internal override void Enter(Frame? after, Expansion into) => into.Read(automaton, after);
}
