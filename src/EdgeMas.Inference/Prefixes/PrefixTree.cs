using EdgeMas.Inference.Native;

namespace EdgeMas.Inference.Prefixes;

/// <summary>
/// Which tokens are in the context's memory, as a radix tree: what several prompts begin with is there once, of requests that run and of such that have ended.
/// Keeps the account of the memory's cells and gives back those that are expected to be needed last. The engine's thread only.
/// </summary>
/// <remarks>
/// Lending copies no data: in llama.cpp's unified memory a cell can belong to several sequences. Where a memory cannot be cut (a recurrent state) a prompt that
/// continues an ended request takes its sequence over, and nothing else is shared. Where a model looks back through a window, cells behind it may be overwritten:
/// before lending the memory is asked whether the beginning is still whole.
/// </remarks>
/// <param name="cells">Tokens that all sequences may have together.</param>
/// <param name="grain">Only multiples of so many tokens are lent.</param>
/// <param name="adapters">Each has a root of its own: the same tokens have other keys and values with another adapter.</param>
internal sealed class PrefixTree(NativeContext context, int sequences, int cells, int grain, MemoryTraits traits, TimeProvider time, int adapters = 1)
{
    /// <summary>Cutting a leaf looks at every cell of the memory: not for a single token.</summary>
    private const int LeastTrim = 32;

    private readonly PrefixNode[] _roots = [.. Enumerable.Range(0, adapters).Select(_ => new PrefixNode())];
    private readonly PrefixNode?[] _leaves = new PrefixNode?[sequences];
    private readonly Stack<int> _free = new(Enumerable.Range(0, sequences).Reverse());

    /// <summary>Cells in use.</summary>
    internal int Used { get; private set; }

    internal int Cells => cells;

    /// <summary>Tokens whose cells were given to others.</summary>
    internal long Evicted { get; private set; }

    /// <summary>Grows whenever cells are computed or forgotten.</summary>
    internal long Changes { get; private set; }

    /// <summary>What of the tokens is in the memory.</summary>
    /// <param name="adapter">Number of the adapter that they are to be computed with.</param>
    internal PrefixMatch Find(ReadOnlySpan<int> tokens, int adapter = 0)
    {
        var node = _roots[adapter];
        LiveTokens? promiser = null;
        var promised = 0;
        while (true)
        {
            PrefixNode? best = null;
            var most = 0;
            foreach (var child in node.Children)
            {
                var rest = tokens[child.Start..];
                var common = child.Tokens.CommonPrefixLength(rest);
                if (!traits.CanCut && (child.Live is not null || common < child.Length || common == rest.Length))
                    continue;
                if (common > most || (common == most && best is { IsLeaf: true } && !child.IsLeaf))
                    (best, most) = (child, common);
                if (child.Live is { } live && live.Promised > child.Start)
                {
                    var known = child.Start + live.Buffer.AsSpan(child.Start, live.Promised - child.Start).CommonPrefixLength(rest);
                    if (known > promised)
                        (promiser, promised) = (live, known);
                }
            }
            if (best is null)
                return new PrefixMatch(node, node.End, promised, promiser);
            if (most < best.Length || best.IsLeaf)
                return new PrefixMatch(best, best.Start + most, promised, promiser);
            node = best;
        }
    }

    /// <summary>How much of a match a request can have: the last token is always computed anew, because its logits are needed.</summary>
    internal int Usable(int length, int known)
    {
        var usable = Math.Min(length, known - 1);
        return usable - (usable % grain);
    }

    /// <summary>Makes a leaf for a request, with as much of its tokens as the memory has.</summary>
    /// <param name="match">From <see cref="Find"/> with the request's tokens, just now.</param>
    internal PrefixNode Attach(LiveTokens live, PrefixMatch match)
    {
        var length = Usable(match.Length, live.Known);
        var node = match.Node;
        while (!node.IsRoot && node.Start >= length)
            node = node.Parent!;
        if (!node.IsRoot && (length < node.End || node.Live is not null))
            node = node.Split(length - node.Start);
        var leaf = !node.IsRoot && node.IsLeaf ? TakeOver(live, node) : Branch(live, node);
        return leaf ?? Start(live, _roots[live.Adapter], TakeSequence());
    }

    /// <summary>The leaf's cells reach to a position now.</summary>
    internal void Advance(PrefixNode leaf, int end)
    {
        Changes++;
        Used += end - leaf.End;
        leaf.Length = end - leaf.Start;
    }

    /// <summary>The request has ended and its cells stay, until others need them.</summary>
    /// <param name="returnsAfter">When they are expected to be used again; null for unknown.</param>
    internal void Keep(PrefixNode leaf, TimeSpan? returnsAfter)
    {
        if (leaf.Length == 0)
        {
            Drop(leaf);
            return;
        }
        leaf.Settle();
        Touch(leaf, returnsAfter);
        if (context.EndOf(leaf.Sequence) > leaf.End)
            context.Remove(leaf.Sequence, leaf.End);
        if (traits is { CanCut: true, Window: 0 })
            Unite(leaf, returnsAfter);
    }

    /// <summary>Frees the cells that only this leaf used.</summary>
    internal void Drop(PrefixNode leaf)
    {
        var parent = leaf.Parent!;
        Changes++;
        parent.Children.Remove(leaf);
        Used -= leaf.Length;
        if (!parent.IsRoot && parent.IsLeaf)
        {
            Own(parent, leaf.Sequence);
            context.Remove(parent.Sequence, parent.End);
            parent.LastUse = leaf.LastUse;
            parent.NextUse = leaf.NextUse;
        }
        else
        {
            Release(leaf.Sequence);
        }
        leaf.Sequence = PrefixNode.NoSequence;
        MergeOnlyChild(parent);
    }

    /// <summary>Evicts until so many cells are free.</summary>
    /// <returns>False when what requests under way hold leaves too little.</returns>
    internal bool MakeRoom(int tokens)
    {
        while (Used + tokens > cells && !traits.Apart)
        {
            if (NextVictim() is not { } victim)
                return false;
            Trim(victim, Used + tokens - cells);
        }
        return true;
    }

    /// <summary>Compares the account with the memory. For tests: asks llama.cpp about every sequence.</summary>
    /// <returns>What differs, or null.</returns>
    internal string? Audit()
    {
        for (var sequence = 0; sequence < sequences; sequence++)
        {
            var held = context.EndOf(sequence);
            if (_leaves[sequence] is not { } leaf ? held != 0 : leaf.Live is null && held != leaf.End)
                return $"sequence {sequence} holds {held} cells, by the account {_leaves[sequence]?.End ?? 0}";
        }
        var counted = _roots.Sum(Count);
        return counted == Used ? null : $"{counted} cells are in the tree, by the account {Used}";
    }

    /// <summary>The ends of all prompts and outputs that are there, those that were used last at the end.</summary>
    internal IEnumerable<PrefixNode> LeavesByLastUse() => _leaves.OfType<PrefixNode>().OrderBy(leaf => leaf.LastUse);

    /// <summary>Number of the adapter that a node's tokens were computed with.</summary>
    internal int AdapterOf(PrefixNode node)
    {
        while (!node.IsRoot)
            node = node.Parent!;
        return Array.IndexOf(_roots, node);
    }

    private static int Count(PrefixNode node)
    {
        var count = node.Length;
        foreach (var child in node.Children)
            count += Count(child);
        return count;
    }

    /// <summary>The request goes on where an ended one stopped, in its sequence.</summary>
    private PrefixNode? TakeOver(LiveTokens live, PrefixNode ended)
    {
        var sequence = ended.Sequence;
        if (traits.CanCut && context.LengthOf(sequence) != ended.End)
        {
            Drop(ended);
            return null;
        }
        ended.Sequence = PrefixNode.NoSequence;
        if (traits.CanCut)
            return Start(live, ended, sequence);

        // A state cannot be cut back to where the ended request stopped: it is the new one's wholly.
        ended.Parent!.Children.Remove(ended);
        var whole = Start(live, _roots[live.Adapter], sequence);
        whole.Length = ended.Length;
        return whole;
    }

    private PrefixNode? Branch(LiveTokens live, PrefixNode node)
    {
        node.Pinned = true;
        var sequence = TakeSequence();
        node.Pinned = false;
        if (node.IsRoot)
            return Start(live, node, sequence);
        if (node.IsLeaf) // what was below it had to go, for the sequence
        {
            Release(sequence);
            return TakeOver(live, node);
        }
        var holder = LeafBelow(node);
        context.Lend(holder.Sequence, sequence, node.End);
        if (context.LengthOf(sequence) == node.End)
            return Start(live, node, sequence);
        Release(sequence);
        if (holder.Live is null)
            Drop(holder);
        return null;
    }

    private PrefixNode Start(LiveTokens live, PrefixNode parent, int sequence)
    {
        var leaf = PrefixNode.Grow(live, parent, sequence);
        Own(leaf, sequence);
        leaf.LastUse = time.GetTimestamp();
        return leaf;
    }

    /// <summary>Requests that ran side by side may have computed the same tokens: one of them is enough.</summary>
    private void Unite(PrefixNode leaf, TimeSpan? returnsAfter)
    {
        while (TwinOf(leaf) is { } twin)
        {
            var common = twin.Tokens.CommonPrefixLength(leaf.Tokens);
            if (common == leaf.Length)
            {
                if (twin.Live is null)
                    Touch(twin, returnsAfter);
                Drop(leaf);
                return;
            }
            var parent = leaf.Parent!;
            var shared = common < twin.Length || twin.Live is not null ? twin.Split(common) : twin;
            if (!traits.Apart)
                context.Share(LeafBelow(shared).Sequence, leaf.Sequence, shared.Start, shared.End);
            leaf.MoveBelow(shared);
            Used -= common;
            if (shared.Sequence != PrefixNode.NoSequence)
                Release(shared.Sequence);
            shared.Sequence = PrefixNode.NoSequence;
            MergeOnlyChild(parent);
        }
    }

    private static PrefixNode? TwinOf(PrefixNode leaf)
    {
        foreach (var sibling in leaf.Parent!.Children)
        {
            if (sibling != leaf && sibling.Length > 0 && sibling.Tokens[0] == leaf.Tokens[0])
                return sibling;
        }
        return null;
    }

    private void Touch(PrefixNode node, TimeSpan? returnsAfter)
    {
        node.LastUse = time.GetTimestamp();
        node.NextUse = returnsAfter is { } after ? node.LastUse + (long)(after.TotalSeconds * time.TimestampFrequency) : 0;
    }

    /// <summary>The leaf that will be needed last. Who did not announce itself is expected to stay away as long as it has been.</summary>
    private PrefixNode? NextVictim()
    {
        var now = time.GetTimestamp();
        PrefixNode? victim = null;
        var longest = long.MinValue;
        foreach (var leaf in _leaves)
        {
            if (leaf is null || leaf.Live is not null || leaf.Pinned)
                continue;
            var away = leaf.NextUse > now ? leaf.NextUse - now : now - leaf.LastUse;
            if (away > longest)
                (victim, longest) = (leaf, away);
        }
        return victim;
    }

    private void Trim(PrefixNode leaf, int tokens)
    {
        tokens = Math.Max(tokens, LeastTrim);
        if (!traits.CanCut || tokens >= leaf.Length)
        {
            Evicted += leaf.Length;
            Drop(leaf);
            return;
        }
        Advance(leaf, leaf.End - tokens);
        context.Remove(leaf.Sequence, leaf.End);
        Evicted += tokens;
    }

    private int TakeSequence()
    {
        int sequence;
        while (!_free.TryPop(out sequence))
        {
            var victim = NextVictim() ?? throw new InvalidOperationException("more requests run than the memory has sequences for");
            Evicted += victim.Length;
            Drop(victim);
        }
        return sequence;
    }

    private void Own(PrefixNode leaf, int sequence)
    {
        leaf.Sequence = sequence;
        _leaves[sequence] = leaf;
    }

    private void Release(int sequence)
    {
        context.Remove(sequence, 0);
        _leaves[sequence] = null;
        _free.Push(sequence);
    }

    private void MergeOnlyChild(PrefixNode node)
    {
        if (!node.IsRoot && !node.Pinned && node.Children is [var only])
            only.Absorb(node);
    }

    private static PrefixNode LeafBelow(PrefixNode node)
    {
        while (!node.IsLeaf)
            node = node.Children[0];
        return node;
    }
}
