using EdgeMas.Inference.Native;
using EdgeMas.Inference.Prefixes;

namespace EdgeMas.Inference.Persistence;

/// <summary>A copy of the memory under way: what several runs begin with is in the first of them only. The engine's thread only; holds while the tree does not change.</summary>
internal sealed class StateCopy
{
    private readonly List<(StateRun Run, int Sequence)> _runs = [];
    private int _current;

    /// <param name="adapters">What each adapter's runs are marked with, by its number.</param>
    /// <param name="most">Tokens: what was used longest ago is left out.</param>
    internal StateCopy(PrefixTree tree, IReadOnlyList<string> adapters, long most)
    {
        var owners = new Dictionary<PrefixNode, int>();
        foreach (var leaf in LastUsed(tree, most))
        {
            var nodes = new Stack<PrefixNode>();
            var node = leaf;
            for (; node.Parent is not null && !owners.ContainsKey(node); node = node.Parent)
                nodes.Push(node);
            var run = new StateRun(node.Parent is null ? -1 : owners[node], node.End, adapters[tree.AdapterOf(leaf)], [.. nodes.SelectMany(each => each.Tokens.ToArray())], []);
            foreach (var own in nodes)
                owners[own] = _runs.Count;
            if (run.Tokens.Length > 0)
                _runs.Add((run, leaf.Sequence));
        }
    }

    internal IReadOnlyList<StateRun> Runs => [.. _runs.Select(each => each.Run)];

    private static IEnumerable<PrefixNode> LastUsed(PrefixTree tree, long most)
    {
        var counted = new HashSet<PrefixNode>();
        var chosen = new Stack<PrefixNode>();
        foreach (var leaf in tree.LeavesByLastUse().Reverse())
        {
            for (var node = leaf; !node.IsRoot && counted.Add(node); node = node.Parent!)
                most -= node.Length;
            if (most < 0)
                break;
            chosen.Push(leaf);
        }
        return chosen;
    }

    /// <returns>False when nothing was left to copy.</returns>
    internal bool TakePiece(NativeContext context)
    {
        if (_current == _runs.Count)
            return false;
        var (run, sequence) = _runs[_current];
        var from = run.From + (run.Pieces.Count * StateRun.PieceTokens);
        var to = Math.Min(from + StateRun.PieceTokens, run.From + run.Tokens.Length);
        run.Pieces.Add(context.TakeCells(sequence, from, to));
        if (run.Pieces.Count == StateRun.PiecesOf(run.Tokens.Length))
            _current++;
        return true;
    }
}
