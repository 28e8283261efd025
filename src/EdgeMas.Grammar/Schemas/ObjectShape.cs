using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Schemas;

/// <summary>A set of objects: all conditions hold together.</summary>
/// <param name="Required">Sorted, distinct.</param>
/// <param name="Dependents">Names that must be there where the first is.</param>
/// <param name="Witnesses">For each there is a property with such a name and such a value.</param>
internal sealed record ObjectShape(
    IReadOnlyList<PropertyRule> Rules,
    IReadOnlyList<string> Required,
    IReadOnlyList<(string Name, IReadOnlyList<string> Needed)> Dependents,
    int Least,
    int? Most,
    IReadOnlyList<(Dfa Names, SchemaSet Values)> Witnesses)
{
    internal static ObjectShape All { get; } = new([], [], [], 0, null, []);

    internal bool IsAll => Rules.Count == 0 && Required.Count == 0 && Dependents.Count == 0 && Least == 0 && Most is null && Witnesses.Count == 0;

    internal ObjectShape And(ObjectShape other)
    {
        if (IsAll)
            return other;
        if (other.IsAll)
            return this;
        return new ObjectShape(
            [.. Rules.Union(other.Rules)],
            [.. Required.Union(other.Required, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. Dependents, .. other.Dependents],
            Math.Max(Least, other.Least),
            Most is null ? other.Most : other.Most is null ? Most : Math.Min(Most.Value, other.Most.Value),
            [.. Witnesses.Union(other.Witnesses)]);
    }

    /// <summary>What holds for the value of a property.</summary>
    internal SchemaSet ValueOf(string name, SchemaSets sets)
    {
        var values = sets.Any;
        byte[]? bytes = null;
        foreach (var rule in Rules)
        {
            var mentioned = rule.Named.TryGetValue(name, out var named);
            if (mentioned)
                values = sets.And(values, named!);
            foreach (var (names, patterned) in rule.Patterns)
            {
                if (!names.Accepts(bytes ??= System.Text.Encoding.UTF8.GetBytes(name)))
                    continue;
                mentioned = true;
                values = sets.And(values, patterned);
            }
            if (!mentioned)
                values = sets.And(values, rule.Others);
        }
        return values;
    }
}
