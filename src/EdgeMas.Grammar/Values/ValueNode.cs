using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Machine;

namespace EdgeMas.Grammar.Values;

/// <summary>A JSON value: any of its scalars, arrays and objects.</summary>
internal sealed class ValueNode : Node
{
    internal List<Automaton> Scalars { get; } = [];

    internal List<Node> Containers { get; } = [];

    internal override int Measure()
    {
        var least = Unreachable;
        foreach (var scalar in Scalars)
        {
            if (scalar.Start != Automaton.Dead)
                least = Math.Min(least, scalar.DistanceFrom(scalar.Start));
        }
        foreach (var container in Containers)
            least = Math.Min(least, container.Shortest);
        return least;
    }

    internal override void Enter(Frame? after, Expansion into)
    {
        foreach (var scalar in Scalars)
            into.Read(scalar, after);
        foreach (var container in Containers)
            into.Enter(container, after);
    }
}
