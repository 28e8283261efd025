namespace EdgeMas.Grammar.Machine;

/// <summary>Any one of its options; with a single one set later, a name for it.</summary>
internal sealed class ChoiceNode : Node
{
    internal ChoiceNode(params IEnumerable<Node> options) => Options = [.. options];

    internal List<Node> Options { get; }

    internal override int Measure()
    {
        var least = Unreachable;
        foreach (var option in Options)
            least = Math.Min(least, option.Shortest);
        return least;
    }

    internal override void Enter(Frame? after, Expansion into)
    {
        foreach (var option in Options)
            into.Enter(option, after);
    }
}
