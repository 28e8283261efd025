using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Schemas;

/// <summary>Makes sets of schemas, each once.</summary>
internal sealed class SchemaSets
{
    private readonly Dictionary<SchemaSet, SchemaSet> _known = [];

    internal SchemaSets()
    {
        Any = Intern(new SchemaSet([]));
        Never = Intern(new SchemaSet([int.MaxValue]));
    }

    internal SchemaSet Any { get; }

    /// <summary>No value.</summary>
    internal SchemaSet Never { get; }

    internal int Count => _known.Count;

    internal SchemaSet Of(int schema, bool negated = false) => Intern(new SchemaSet([(schema * 2) + (negated ? 1 : 0)]));

    internal SchemaSet And(SchemaSet a, SchemaSet b)
    {
        if (a.IsAny || ReferenceEquals(a, b))
            return b;
        if (b.IsAny)
            return a;
        if (ReferenceEquals(a, Never) || ReferenceEquals(b, Never))
            return Never;
        CompileWork.Do(8 * (a.Atoms.Length + b.Atoms.Length));
        var atoms = a.Atoms.Union(b.Atoms).Order().ToArray();
        for (var i = 1; i < atoms.Length; i++)
        {
            if ((atoms[i] ^ atoms[i - 1]) == 1 && (atoms[i] & 1) == 1)
                return Never; // a schema and its negation
        }
        return Intern(new SchemaSet([.. atoms]));
    }

    /// <summary>Sets of which a value fulfils at least one exactly when it does not fulfil this.</summary>
    internal IEnumerable<SchemaSet> Not(SchemaSet set) =>
        ReferenceEquals(set, Never) ? [Any] : set.Atoms.Select(atom => Intern(new SchemaSet([atom ^ 1])));

    private SchemaSet Intern(SchemaSet set)
    {
        if (_known.TryGetValue(set, out var known))
            return known;
        _known.Add(set, set);
        return set;
    }
}
