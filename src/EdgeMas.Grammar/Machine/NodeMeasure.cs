using EdgeMas.Grammar.Automata;

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
                CompileWork.Do(8);
                var shortest = Math.Min(nodes[i].Measure(), Node.Unreachable);
                if (shortest >= nodes[i].Shortest)
                    continue;
                nodes[i].Shortest = shortest;
                changed = true;
            }
        }
    }

    /// <summary>What is long is still reachable.</summary>
    internal static int Add(int a, int b) => a >= Node.Unreachable || b >= Node.Unreachable ? Node.Unreachable : Math.Min(a + b, Node.Unreachable - 1);
}
