using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Numbers;

namespace EdgeMas.Grammar.Schemas;

/// <summary>A set of JSON values, by type; arrays and objects are unions of shapes whose parts are sets of schemas, looked into when they are needed.</summary>
internal sealed record ValueSet(bool Null, bool True, bool False, Dfa Numbers, IReadOnlyList<StringSet> Strings, IReadOnlyList<ArrayShape> Arrays, IReadOnlyList<ObjectShape> Objects)
{
    internal static ValueSet None { get; } = new(false, false, false, Dfa.Empty, [], [], []);

    internal bool HasAllNumbers => ReferenceEquals(Numbers, NumberLanguage.All);

    /// <summary>Surely empty; where it is false, deeper parts may still be empty.</summary>
    internal bool IsNone => !Null && !True && !False && Numbers.IsEmpty && Strings.Count == 0 && Arrays.Count == 0 && Objects.Count == 0;

    internal static ValueSet All(SchemaSets sets) => new(true, true, true, NumberLanguage.All, [StringSet.All], [ArrayShape.All(sets)], [ObjectShape.All]);
}
