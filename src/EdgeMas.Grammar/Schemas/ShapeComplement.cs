using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Patterns;

namespace EdgeMas.Grammar.Schemas;

/// <summary>What is not in a shape, as a union of shapes: each breaks one condition.</summary>
internal static class ShapeComplement
{
    internal static IReadOnlyList<ObjectShape> Of(ObjectShape shape, SchemaSets sets)
    {
        var all = ObjectShape.All;
        var broken = new List<ObjectShape>();
        foreach (var name in shape.Required)
            broken.Add(Without(name, sets));
        foreach (var rule in shape.Rules)
        {
            foreach (var (name, values) in rule.Named)
                broken.AddRange(sets.Not(values).Select(wrong => all with { Rules = [PropertyRule.Only(name, wrong, sets.Any)], Required = [name] }));
            foreach (var (names, values) in rule.Patterns)
                broken.AddRange(sets.Not(values).Select(wrong => all with { Witnesses = [(names, wrong)] }));
            if (!rule.Others.IsAny)
            {
                var others = OtherNames(rule);
                broken.AddRange(sets.Not(rule.Others).Select(wrong => all with { Witnesses = [(others, wrong)] }));
            }
        }
        foreach (var (name, needed) in shape.Dependents)
            broken.AddRange(needed.Select(missing => Without(missing, sets) with { Required = [name] }));
        foreach (var (names, values) in shape.Witnesses)
        {
            if (values.Atoms.Length > 1)
                throw new ComplementException("it negates that some property fulfils several schemas at once");
            var wrong = sets.Not(values).FirstOrDefault() ?? sets.Never;
            broken.Add(all with { Rules = [new PropertyRule(new Dictionary<string, SchemaSet>(StringComparer.Ordinal), [(names, wrong)], sets.Any)] });
        }
        if (shape.Least > 0)
            broken.Add(all with { Most = shape.Least - 1 });
        if (shape.Most is { } most)
            broken.Add(all with { Least = most + 1 });
        return broken;
    }

    internal static IReadOnlyList<ArrayShape> Of(ArrayShape shape, SchemaSets sets)
    {
        if (shape.Unique)
            throw new ComplementException("it negates uniqueItems");
        if (shape.Prefix.Count > 0 && !shape.Rest.IsAny && !ReferenceEquals(shape.Rest, sets.Never))
            throw new ComplementException("it negates items behind prefixItems");
        var all = ArrayShape.All(sets);
        var broken = new List<ArrayShape>();
        for (var place = 0; place < shape.Prefix.Count; place++)
        {
            var before = Enumerable.Repeat(sets.Any, place);
            broken.AddRange(sets.Not(shape.Prefix[place]).Select(wrong => all with { Prefix = [.. before, wrong], Least = place + 1 }));
        }
        if (ReferenceEquals(shape.Rest, sets.Never))
            broken.Add(all with { Least = shape.Prefix.Count + 1 });
        else
            broken.AddRange(sets.Not(shape.Rest).Select(wrong => all with { Contained = [(wrong, 1, null)] }));
        foreach (var (item, least, most) in shape.Contained)
        {
            if (least > 0)
                broken.Add(all with { Contained = [(item, 0, least - 1)] });
            if (most is { } limit)
                broken.Add(all with { Contained = [(item, limit + 1, null)] });
        }
        if (shape.Least > 0)
            broken.Add(all with { Most = shape.Least - 1 });
        if (shape.Most is { } longest)
            broken.Add(all with { Least = longest + 1 });
        return broken;
    }

    private static ObjectShape Without(string name, SchemaSets sets) => ObjectShape.All with { Rules = [PropertyRule.Only(name, sets.Never, sets.Any)] };

    private static Dfa OtherNames(PropertyRule rule)
    {
        var mentioned = rule.Patterns.Aggregate(WordList.Build(rule.Named.Keys), static (names, pattern) => DfaBuilder.Unite(names, pattern.Names));
        return DfaBuilder.Subtract(PatternLanguage.All, mentioned);
    }
}
