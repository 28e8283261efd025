using System.Collections.Immutable;

namespace EdgeMas.Grammar.Schemas;

/// <summary>
/// Schemas that a value has to fulfil at once, some of them negated: the state of a place in a schema. Equal sets are one object.
/// </summary>
/// <param name="Atoms">Sorted: twice the schema's number, plus one where it is negated. Empty: any value.</param>
internal sealed record SchemaSet(ImmutableArray<int> Atoms)
{
    internal bool IsAny => Atoms.IsEmpty;

    public bool Equals(SchemaSet? other) => other is not null && Atoms.AsSpan().SequenceEqual(other.Atoms.AsSpan());

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var atom in Atoms)
            hash.Add(atom);
        return hash.ToHashCode();
    }
}
