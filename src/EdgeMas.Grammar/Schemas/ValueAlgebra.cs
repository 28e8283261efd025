using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Numbers;

namespace EdgeMas.Grammar.Schemas;

/// <summary>Intersections, unions and complements of sets of values.</summary>
/// <param name="isNever">A set of schemas is known to have no value; false where that is not known (yet).</param>
internal sealed class ValueAlgebra(SchemaSets sets, int maxAlternatives, Func<SchemaSet, bool> isNever)
{
    internal ValueSet And(ValueSet a, ValueSet b)
    {
        CompileWork.Do(16 + (a.Strings.Count * b.Strings.Count) + WeightOf(a, b));
        return new ValueSet(
            a.Null && b.Null,
            a.True && b.True,
            a.False && b.False,
            a.HasAllNumbers ? b.Numbers : b.HasAllNumbers || ReferenceEquals(a.Numbers, b.Numbers) ? a.Numbers : DfaBuilder.Intersect(a.Numbers, b.Numbers),
            Bound([.. a.Strings.SelectMany(s => b.Strings.Select(s.And)).Where(static s => !s.IsNone).Distinct()]),
            Bound([.. a.Arrays.SelectMany(s => b.Arrays.Select(t => s.And(t, sets))).Where(IsPossible).Distinct()]),
            Bound([.. a.Objects.SelectMany(s => b.Objects.Select(t => s.And(t))).Where(IsPossible).Distinct()]));
    }

    /// <summary>Alternatives are combined pair by pair, and each has rules that are copied.</summary>
    private static long WeightOf(ValueSet a, ValueSet b) =>
        a.Arrays.Sum(x => b.Arrays.Sum(y => 32L * (1 + x.Prefix.Count + y.Prefix.Count + x.Contained.Count + y.Contained.Count))) + a.Objects.Sum(x => b.Objects.Sum(y => 8L * (1 + x.Rules.Count + y.Rules.Count + x.Required.Count + y.Required.Count)));

    internal ValueSet Or(ValueSet a, ValueSet b) => new(
        a.Null || b.Null,
        a.True || b.True,
        a.False || b.False,
        a.HasAllNumbers || b.HasAllNumbers ? NumberLanguage.All : DfaBuilder.Unite(a.Numbers, b.Numbers),
        OrStrings(a.Strings, b.Strings),
        a.Arrays.Any(static s => s.IsAll) ? a.Arrays : b.Arrays.Any(static s => s.IsAll) ? b.Arrays : Bound([.. a.Arrays.Union(b.Arrays)]),
        a.Objects.Any(static s => s.IsAll) ? a.Objects : b.Objects.Any(static s => s.IsAll) ? b.Objects : Bound([.. a.Objects.Union(b.Objects)]));

    /// <exception cref="ComplementException">Some condition has no finite complement here.</exception>
    internal ValueSet Not(ValueSet a) => new(
        !a.Null,
        !a.True,
        !a.False,
        a.HasAllNumbers ? Dfa.Empty : a.Numbers.IsEmpty ? NumberLanguage.All : DfaBuilder.Subtract(NumberLanguage.All, a.Numbers),
        a.Strings.Aggregate((IReadOnlyList<StringSet>)[StringSet.All], (left, s) => Bound([.. left.SelectMany(l => s.Not().Select(l.And)).Where(static x => !x.IsNone).Distinct()])),
        a.Arrays.Aggregate((IReadOnlyList<ArrayShape>)[ArrayShape.All(sets)], (left, s) => Combine(left, ShapeComplement.Of(s, sets), (l, x) => l.And(x, sets), IsPossible)),
        a.Objects.Aggregate((IReadOnlyList<ObjectShape>)[ObjectShape.All], (left, s) => Combine(left, ShapeComplement.Of(s, sets), static (l, x) => l.And(x), IsPossible)));

    private IReadOnlyList<T> Combine<T>(IReadOnlyList<T> left, IReadOnlyList<T> right, Func<T, T, T> and, Func<T, bool> isPossible)
    {
        CompileWork.Do(32L * left.Count * right.Count);
        return Bound([.. left.SelectMany(l => right.Select(r => and(l, r))).Where(isPossible).Distinct()]);
    }

    private static IReadOnlyList<StringSet> OrStrings(IReadOnlyList<StringSet> a, IReadOnlyList<StringSet> b)
    {
        if (a.Any(static s => s.IsAll) || b.Count == 0)
            return a;
        if (b.Any(static s => s.IsAll) || a.Count == 0)
            return b;
        var listed = a.Concat(b).Where(static s => s.Words is not null).SelectMany(static s => s.Words!).ToList();
        var others = a.Concat(b).Where(static s => s.Words is null).Distinct();
        return listed.Count == 0 ? [.. others] : [.. others, StringSet.Of(listed)];
    }

    private bool IsPossible(ArrayShape shape)
    {
        if (shape.Most < shape.Least || shape.Contained.Any(static c => c.Most < c.Least) || shape.Contained.Any(c => c.Least > 0 && isNever(c.Item)))
            return false;
        for (var place = 0; place < Math.Min(shape.Least, shape.Prefix.Count + 1); place++)
        {
            if (isNever(shape.At(place)))
                return false;
        }
        return true;
    }

    private bool IsPossible(ObjectShape shape)
    {
        if (shape.Most < shape.Least || shape.Most < shape.Required.Count)
            return false;
        foreach (var name in shape.Required)
        {
            if (isNever(shape.ValueOf(name, sets)))
                return false;
        }
        return true;
    }

    private IReadOnlyList<T> Bound<T>(IReadOnlyList<T> alternatives) =>
        alternatives.Count <= maxAlternatives ? alternatives : throw new ComplementException($"it has more than {maxAlternatives} alternatives");
}
