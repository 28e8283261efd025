using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Schemas;

/// <summary>What one schema says of an object's properties.</summary>
/// <param name="Named">By name.</param>
/// <param name="Patterns">Automata over names.</param>
/// <param name="Others">Of properties that neither names nor patterns mention.</param>
internal sealed record PropertyRule(IReadOnlyDictionary<string, SchemaSet> Named, IReadOnlyList<(Dfa Names, SchemaSet Values)> Patterns, SchemaSet Others)
{
    internal static PropertyRule Only(string name, SchemaSet values, SchemaSet any) => new(new Dictionary<string, SchemaSet>(StringComparer.Ordinal) { [name] = values }, [], any);
}
