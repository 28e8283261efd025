namespace EdgeMas.Grammar.Machine;

/// <summary>A part several times.</summary>
/// <param name="most">Null for no limit.</param>
internal sealed class RepeatNode(Node item, int least, int? most) : Node
{
    internal override int Measure() => least == 0 ? 0 : item.Shortest >= Unreachable ? Unreachable : (int)Math.Min((long)item.Shortest * least, Unreachable - 1);

    internal override void Enter(Frame? after, Expansion into) => Advance(0, after, into);

    internal override void Resume(Frame frame, int label, Expansion into) => Advance(most is null ? Math.Min(frame.Count, least) : frame.Count, frame.Parent, into);

    internal override int RestOf(Frame frame) => (int)Math.Min((long)item.Shortest * Math.Max(0, least - frame.Count), Unreachable - 1);

    private void Advance(int done, Frame? after, Expansion into)
    {
        if (done >= least)
            into.Continue(after, 0);
        if (most is not null && done >= most)
            return;
        var frame = into.Frame(this, 0, after, done + 1);
        if (item.Shortest > 0 || into.IsFirst(frame))
            into.Enter(item, frame);
    }
}
