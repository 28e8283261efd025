namespace EdgeMas.Grammar.Machine;

/// <summary>One part after the other. Without parts it matches the empty text.</summary>
internal sealed class SequenceNode(IReadOnlyList<Node> items) : Node
{
    internal override int Measure()
    {
        var sum = 0;
        foreach (var item in items)
            sum = NodeMeasure.Add(sum, item.Shortest);
        return sum;
    }

    internal override void Enter(Frame? after, Expansion into) => EnterItem(0, after, into);

    internal override void Resume(Frame frame, int label, Expansion into) => EnterItem(frame.Phase, frame.Parent, into);

    internal override int RestOf(Frame frame)
    {
        var sum = 0;
        for (var index = frame.Phase; index < items.Count; index++)
            sum = NodeMeasure.Add(sum, items[index].Shortest);
        return sum;
    }

    private void EnterItem(int index, Frame? after, Expansion into)
    {
        if (index == items.Count)
            into.Continue(after, 0);
        else
            into.Enter(items[index], index == items.Count - 1 ? after : into.Frame(this, index + 1, after));
    }
}
