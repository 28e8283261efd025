namespace EdgeMas.Grammar.Machine;

/// <summary>Finds the shortest text of every node: the least fixed point, so that what only contains itself matches nothing.</summary>
internal static class NodeMeasure
{
    internal static void Settle(IReadOnlyList<Node> nodes)
    {
        var changed = true;
        while (changed)
        {
            changed = false;
            for (var i = nodes.Count - 1; i >= 0; i--)
            {
                var shortest = Math.Min(nodes[i].Measure(), Node.Unreachable);
                if (shortest >= nodes[i].Shortest)
                    continue;
                nodes[i].Shortest = shortest;
                changed = true;
            }
        }
    }

    internal static int Add(int a, int b) => Math.Min(a + b, Node.Unreachable);
}
