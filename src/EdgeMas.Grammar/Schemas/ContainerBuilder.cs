using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Machine;
using EdgeMas.Grammar.Values;

namespace EdgeMas.Grammar.Schemas;

/// <summary>Nodes of arrays and objects.</summary>
/// <param name="nodeOf">The node of a set of schemas.</param>
internal sealed class ContainerBuilder(SchemaEvaluator evaluator, SchemaOptions options, WordTries tries, Func<SchemaSet, Node> nodeOf)
{
    private const int MaxWitnesses = 3;
    private const int MaxPlaces = 2_000;

    /// <summary>Combinations of a place and of the items counted so far.</summary>
    private const int MaxCounts = 20_000;

    private readonly Punctuation _punctuation = options.FreeWhitespace ? Punctuation.Free : Punctuation.Compact;
    private readonly SchemaSets _sets = evaluator.Sets;

    internal IEnumerable<Node> Build(ArrayShape shape)
    {
        if (shape.Most < shape.Least)
            yield break;
        if (shape.Unique && shape.Most is null or > 1)
        {
            yield return new UniqueBuilder(evaluator, tries).Build(shape, _punctuation);
            yield break;
        }
        if (shape.Contained.Count > ArrayItems.MaxConditions)
            throw new ComplementException($"an array has more than {ArrayItems.MaxConditions} conditions on what it contains");
        if (shape.Contained.Count > 0 && (shape.Least > ArrayItems.MaxCount || shape.Most > ArrayItems.MaxCount || shape.Contained.Any(static c => c.Least > ArrayItems.MaxCount || c.Most > ArrayItems.MaxCount)))
            throw new ComplementException($"an array that has to contain something counts more than {ArrayItems.MaxCount} items");
        var places = Math.Min(shape.Prefix.Count, shape.Most ?? int.MaxValue);
        if (places > MaxPlaces)
            throw new ComplementException($"an array names more than {MaxPlaces} places");
        if (shape.Contained.Aggregate(Math.Max(places, Math.Min(shape.Least, ArrayItems.MaxCount)) + 1L, static (count, c) => count * (Math.Max(c.Least, c.Most ?? 0) + 1)) > MaxCounts)
            throw new ComplementException("an array counts too many items for several conditions at once");
        var items = new ArrayItems(
            [.. shape.Contained.Select(static c => (c.Least, c.Most))],
            [.. Enumerable.Range(0, places).Select(place => Variants(shape.At(place), shape.Contained))],
            Variants(shape.Rest, shape.Contained));
        yield return new ArrayNode(items, shape.Least, shape.Most, _punctuation);
    }

    internal IEnumerable<Node> Build(ObjectShape shape)
    {
        if (shape.Most < shape.Least || shape.Most < shape.Required.Count)
            return [];
        if (shape.Witnesses.Count > MaxWitnesses)
            throw new ComplementException($"an object has more than {MaxWitnesses} conditions on unnamed properties");
        return new ObjectBuilder(_sets, options, _punctuation, tries, nodeOf).Build(shape);
    }

    /// <summary>An item for each subset of the conditions that it is counted for.</summary>
    private Node[] Variants(SchemaSet item, IReadOnlyList<(SchemaSet Item, int Least, int? Most)> conditions)
    {
        var variants = new Node[1 << conditions.Count];
        for (var variant = 0; variant < variants.Length; variant++)
        {
            var set = item;
            var alternatives = new List<SchemaSet> { set };
            for (var i = 0; i < conditions.Count; i++)
            {
                if ((variant & (1 << i)) != 0)
                    alternatives = [.. alternatives.Select(a => _sets.And(a, conditions[i].Item))];
                else if (conditions[i].Most is not null)
                    alternatives = [.. alternatives.SelectMany(a => _sets.Not(conditions[i].Item).Select(n => _sets.And(a, n)))];
            }
            variants[variant] = nodeOf(alternatives is [var only] ? only : alternatives.Count == 0 ? _sets.Never : throw new ComplementException("maxContains with a combination of schemas"));
        }
        return variants;
    }
}
