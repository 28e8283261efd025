using EdgeMas.Inference.Native;
using EdgeMas.Inference.Prefixes;

namespace EdgeMas.Inference.Persistence;

/// <summary>Puts what was kept back into an empty memory. Before the engine's thread starts.</summary>
internal static class StateRestore
{
    /// <param name="adapters">What each adapter's runs are marked with, by its number. Runs of an adapter that is not there are passed over.</param>
    /// <returns>Tokens that are in the memory now.</returns>
    /// <exception cref="InvalidDataException">llama.cpp does not take a piece.</exception>
    internal static int Restore(IReadOnlyList<StateRun> runs, PrefixTree tree, NativeContext context, IReadOnlyList<string> adapters)
    {
        var paths = new List<int[]>();
        foreach (var run in runs)
        {
            int[] path = run.Parent < 0 ? run.Tokens : [.. paths[run.Parent].AsSpan(0, run.From), .. run.Tokens];
            paths.Add(path);
            var adapter = IndexOf(adapters, run.Adapter);
            if (adapter < 0)
                continue;
            var live = new RestoredTokens(path, adapter);
            var leaf = tree.Attach(live, tree.Find(path, adapter));

            // What the memory has less room for than the last process had: the longest unused are forgotten.
            if (leaf.End < run.From || !tree.MakeRoom(path.Length - leaf.End))
                tree.Drop(leaf);
            else
                PutCells(run, leaf, tree, context);
        }
        return tree.Used;
    }

    private static int IndexOf(IReadOnlyList<string> adapters, string wanted)
    {
        for (var i = 0; i < adapters.Count; i++)
        {
            if (string.Equals(adapters[i], wanted, StringComparison.Ordinal))
                return i;
        }
        return -1;
    }

    private static void PutCells(StateRun run, PrefixNode leaf, PrefixTree tree, NativeContext context)
    {
        var from = run.From;
        foreach (var piece in run.Pieces)
        {
            var to = Math.Min(from + StateRun.PieceTokens, run.From + run.Tokens.Length);
            if (to > leaf.End)
            {
                if (!context.PutCells(piece.Span, leaf.Sequence, from, leaf.End, to))
                {
                    tree.Drop(leaf);
                    throw new InvalidDataException($"llama.cpp does not take its cells {from} to {to}");
                }
                tree.Advance(leaf, to);
            }
            from = to;
        }
        tree.Keep(leaf, returnsAfter: null);
    }
}
