using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Machine;

namespace EdgeMas.Grammar.Values;

/// <summary>The properties of an object that are known by name, sorted, and which of them may come when.</summary>
internal sealed class ObjectNames
{
    private readonly IndexSet _required;
    private readonly IndexSet?[] _dependents;
    private readonly int[] _ranks;
    private readonly bool _ordered;
    private readonly int[] _lengths;

    /// <param name="trie">Names as JSON writes them.</param>
    /// <param name="lengths">By name: its bytes.</param>
    /// <param name="values">By name.</param>
    /// <param name="required">Indices of names that must be there.</param>
    /// <param name="dependents">By name: names that must be there where it is, or null.</param>
    /// <param name="ranks">By name: its place in the declared order.</param>
    /// <param name="ordered">They come in the declared order only.</param>
    internal ObjectNames(WordTrie trie, int[] lengths, Node[] values, IEnumerable<int> required, IndexSet?[] dependents, int[] ranks, bool ordered)
    {
        Count = trie.WordCount;
        _lengths = lengths;
        Trie = trie;
        Values = values;
        _dependents = dependents;
        _ranks = ranks;
        _ordered = ordered;
        _required = Close(required.Aggregate(IndexSet.Empty(Count), static (set, index) => set.With(index)));
    }

    internal int Count { get; }

    internal WordTrie Trie { get; }

    internal Node[] Values { get; }

    internal int NameBytes(int index) => _lengths[index];

    /// <summary>Names that must be there, those that they need included.</summary>
    internal IndexSet Required => _required;

    /// <summary>Names that are still owed.</summary>
    internal IndexSet Owed(IndexSet? seen)
    {
        if (seen is null)
            return _required;
        var needed = _required;
        for (var index = seen.NextFrom(0); index >= 0; index = seen.NextFrom(index + 1))
        {
            if (_dependents[index] is { } more)
                needed = Union(needed, more);
        }
        needed = Close(needed);
        return IndexSet.Where(Count, index => needed.Has(index) && !seen.Has(index));
    }

    /// <summary>Names that may come next.</summary>
    /// <param name="count">Properties so far.</param>
    /// <param name="least">Fewest properties of the whole object.</param>
    /// <param name="most">Most properties of the whole object.</param>
    /// <param name="othersMayFollow">Properties without a known name may still come.</param>
    internal IndexSet Allowed(IndexSet? seen, int count, int least, int? most, bool othersMayFollow)
    {
        var owed = Owed(seen);
        var last = _ordered ? LastRank(seen) : -1;
        return IndexSet.Where(Count, index => IsUsable(index) && seen?.Has(index) != true && (!_ordered || _ranks[index] > last) && Fits(index, owed, seen, count, least, most, othersMayFollow));
    }

    /// <summary>The name and all that it needs have values.</summary>
    internal bool IsUsable(int index)
    {
        if (Values[index].Shortest >= Node.Unreachable)
            return false;
        if (_dependents[index] is null)
            return true;
        var needed = Close(IndexSet.Empty(Count).With(index));
        for (var at = needed.NextFrom(0); at >= 0; at = needed.NextFrom(at + 1))
        {
            if (Values[at].Shortest >= Node.Unreachable)
                return false;
        }
        return true;
    }

    private bool Fits(int index, IndexSet owed, IndexSet? seen, int count, int least, int? most, bool othersMayFollow)
    {
        var after = _dependents[index] is null ? owed : Without(Close(owed.With(index)), seen);
        var stillOwed = after.Has(index) ? after.Count - 1 : after.Count;
        if (most is not null && count + 1 + stillOwed > most)
            return false;
        if (_ordered && AnyBefore(after, _ranks[index]))
            return false;
        return othersMayFollow || count + 1 >= least || count + 1 + LeftAfter(index, seen) >= least;
    }

    private int LeftAfter(int chosen, IndexSet? seen)
    {
        var left = 0;
        for (var index = 0; index < Count; index++)
        {
            if (index != chosen && seen?.Has(index) != true && IsUsable(index) && (!_ordered || _ranks[index] > _ranks[chosen]))
                left++;
        }
        return left;
    }

    private bool AnyBefore(IndexSet set, int rank)
    {
        for (var index = set.NextFrom(0); index >= 0; index = set.NextFrom(index + 1))
        {
            if (_ranks[index] < rank)
                return true;
        }
        return false;
    }

    private int LastRank(IndexSet? seen)
    {
        var last = -1;
        for (var index = seen?.NextFrom(0) ?? -1; index >= 0; index = seen!.NextFrom(index + 1))
            last = Math.Max(last, _ranks[index]);
        return last;
    }

    /// <summary>Adds what names of the set need, and what those need.</summary>
    private IndexSet Close(IndexSet set)
    {
        var closed = set;
        for (var index = closed.NextFrom(0); index >= 0; index = closed.NextFrom(index + 1))
        {
            if (_dependents[index] is not { } more || Union(closed, more) is var wider && wider.Equals(closed))
                continue;
            closed = wider;
            index = -1; // an earlier one may need more now
        }
        return closed;
    }

    private IndexSet Union(IndexSet a, IndexSet b) => IndexSet.Where(Count, index => a.Has(index) || b.Has(index));

    private IndexSet Without(IndexSet set, IndexSet? taken) => taken is null ? set : IndexSet.Where(Count, index => set.Has(index) && !taken.Has(index));
}
