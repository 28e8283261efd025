using EdgeMas.Grammar.Vocabulary;

namespace EdgeMas.Grammar.Machine;

/// <summary>Where a text stands in its grammar: all ways to read it so far. Immutable but for what it remembers; equal ones are one object.</summary>
internal sealed class GrammarState : IEquatable<GrammarState>
{
    private readonly int _hash;
    private volatile GrammarState?[]? _next;

    /// <param name="threads">Distinct; put in order.</param>
    internal GrammarState(Thread[] threads, bool ends)
    {
        Array.Sort(threads, static (a, b) => a.GetHashCode().CompareTo(b.GetHashCode()));
        Threads = threads;
        Ends = ends;
        var hash = new HashCode();
        hash.Add(ends);
        foreach (var thread in threads)
            hash.Add(thread.GetHashCode());
        _hash = hash.ToHashCode();
    }

    internal Thread[] Threads { get; }

    /// <summary>The text may end here.</summary>
    internal bool Ends { get; }

    internal bool IsDead => Threads.Length == 0 && !Ends;

    /// <summary>The mask that was computed for it last.</summary>
    internal StateMask? Mask { get; set; }

    /// <summary>The tokens that it forces, as they were computed last.</summary>
    internal StateForced? Forced { get; set; }

    /// <summary>The state behind a byte when it was computed before.</summary>
    internal GrammarState? Known(byte next) => _next?[next];

    internal void Remember(byte next, GrammarState state) => (_next ??= new GrammarState?[256])[next] = state;

    /// <summary>Drops what was computed for it. Whoever holds the state goes on with it; what is needed again is computed again.</summary>
    internal void Forget()
    {
        _next = null;
        Mask = null;
        Forced = null;
    }

    /// <summary>The only byte that may follow, or −1 where there is a choice or the text may end.</summary>
    internal int OnlyByte()
    {
        if (Ends || Threads.Length == 0)
            return -1;
        var only = -1;
        foreach (var thread in Threads)
        {
            if (!thread.Automaton.Continues(thread.State))
                continue;
            var next = thread.Automaton.OnlyByte(thread.State, thread.Allowed);
            if (next < 0 || (only >= 0 && next != only))
                return -1;
            only = next;
        }
        return only;
    }

    /// <summary>Threads with equal hashes may stand in either order: such states are equal and yet told apart, which costs a second entry and nothing else.</summary>
    public bool Equals(GrammarState? other) => ReferenceEquals(this, other) || (other is not null && _hash == other._hash && Ends == other.Ends && Threads.AsSpan().SequenceEqual(other.Threads));

    public override bool Equals(object? obj) => Equals(obj as GrammarState);

    public override int GetHashCode() => _hash;
}
