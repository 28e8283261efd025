namespace EdgeMas.Grammar.Schemas;

/// <summary>A set of arrays: all conditions hold together.</summary>
/// <param name="Prefix">Items by place.</param>
/// <param name="Rest">Items behind them.</param>
/// <param name="Contained">Items that match: how many at least and at most.</param>
/// <param name="Unique">No two items are equal.</param>
internal sealed record ArrayShape(IReadOnlyList<SchemaSet> Prefix, SchemaSet Rest, int Least, int? Most, IReadOnlyList<(SchemaSet Item, int Least, int? Most)> Contained, bool Unique)
{
    internal bool IsAll => Prefix.Count == 0 && Rest.IsAny && Least == 0 && Most is null && Contained.Count == 0 && !Unique;

    internal static ArrayShape All(SchemaSets sets) => new([], sets.Any, 0, null, [], false);

    internal SchemaSet At(int place) => place < Prefix.Count ? Prefix[place] : Rest;

    internal ArrayShape And(ArrayShape other, SchemaSets sets) => new(
        [.. Enumerable.Range(0, Math.Max(Prefix.Count, other.Prefix.Count)).Select(place => sets.And(At(place), other.At(place)))],
        sets.And(Rest, other.Rest),
        Math.Max(Least, other.Least),
        Most is null ? other.Most : other.Most is null ? Most : Math.Min(Most.Value, other.Most.Value),
        [.. Contained.Union(other.Contained)],
        Unique || other.Unique);
}
