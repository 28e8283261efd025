using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Machine;

/// <summary>
/// What goes on when the part of the text now being read ends: a node, how far it has come, and the frame around it. Immutable and interned, so that equal
/// stacks are one object and are shared by all sequences.
/// </summary>
/// <param name="Node">Who goes on.</param>
/// <param name="Phase">Where it goes on; its own matter.</param>
/// <param name="Count">What it has counted; its own matter.</param>
/// <param name="Matched">What else it has counted.</param>
/// <param name="Seen">What it has seen; null for nothing yet.</param>
/// <param name="Parent">Null for the end of the text.</param>
internal sealed record Frame(Node Node, int Phase, int Count, int Matched, IndexSet? Seen, Frame? Parent)
{
    private readonly int _hash = HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Node), Phase, Count, Matched, Seen, Parent?.GetHashCode() ?? 0);

    /// <summary>Threads after each label, once they were asked for.</summary>
    internal (int Label, Thread[] Threads)[] Followers { get; set; } = [];

    /// <summary>Parents are interned already: comparing them by reference is enough.</summary>
    public bool Equals(Frame? other) => ReferenceEquals(this, other) || (other is not null && _hash == other._hash && ReferenceEquals(Node, other.Node) && Phase == other.Phase
        && Count == other.Count && Matched == other.Matched && ReferenceEquals(Parent, other.Parent) && Equals(Seen, other.Seen));

    public override int GetHashCode() => _hash;
}
