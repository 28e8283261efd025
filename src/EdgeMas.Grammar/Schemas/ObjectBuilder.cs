using System.Text;
using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Machine;
using EdgeMas.Grammar.Strings;
using EdgeMas.Grammar.Values;

namespace EdgeMas.Grammar.Schemas;

/// <summary>Nodes of objects.</summary>
internal sealed class ObjectBuilder(SchemaSets sets, SchemaOptions options, Punctuation punctuation, WordTries tries, Func<SchemaSet, Node> nodeOf)
{
    private const int MaxClasses = 64;

    /// <summary>A property that fulfils a condition has a known name, or an unknown one: each choice is a node.</summary>
    internal IEnumerable<Node> Build(ObjectShape shape)
    {
        if (shape.Witnesses.Count == 0)
            return [BuildNode(shape, [])];
        if (shape.Most is not null)
            throw new ComplementException("maxProperties together with a condition on unnamed properties");
        var named = Names(shape);
        IEnumerable<(ObjectShape Shape, IReadOnlyList<(Dfa, SchemaSet)> Free)> choices = [(shape with { Witnesses = [] }, [])];
        foreach (var witness in shape.Witnesses)
        {
            choices = [.. choices.SelectMany(choice => named
                .Where(name => witness.Names.Accepts(Encoding.UTF8.GetBytes(name)))
                .Select(name => (choice.Shape.And(ObjectShape.All with { Required = [name], Rules = [PropertyRule.Only(name, witness.Values, sets.Any)] }), choice.Free))
                .Append((choice.Shape, [.. choice.Free, witness])))];
        }
        return choices.Select(choice => BuildNode(choice.Shape, choice.Free));
    }

    private ObjectNode BuildNode(ObjectShape shape, IReadOnlyList<(Dfa Names, SchemaSet Values)> witnesses)
    {
        var declared = Names(shape);
        CompileWork.Do(8L * (declared.Count + 1) * (shape.Rules.Count + 1));
        var words = declared.Select((name, rank) => (Bytes: JsonText.QuoteBytes(name), Name: name, Rank: rank)).ToArray();
        Array.Sort(words, static (a, b) => a.Bytes.AsSpan().SequenceCompareTo(b.Bytes));
        var index = words.Select((word, i) => (word.Name, i)).ToDictionary(static pair => pair.Name, static pair => pair.i, StringComparer.Ordinal);
        var dependents = new IndexSet?[words.Length];
        foreach (var (name, needed) in shape.Dependents)
            dependents[index[name]] = needed.Aggregate(dependents[index[name]] ?? IndexSet.Empty(words.Length), (set, other) => set.With(index[other]));
        var names = new ObjectNames(
            tries.Of(words.Select(static word => word.Bytes)),
            [.. words.Select(static word => word.Bytes.Length)],
            [.. words.Select(word => nodeOf(shape.ValueOf(word.Name, sets)))],
            shape.Required.Select(name => index[name]),
            dependents,
            [.. words.Select(static word => word.Rank)],
            options.Order == PropertyOrder.Declared);
        var (others, classes) = Others(shape, names, declared, witnesses);
        if (shape.Least > names.Required.Count + 1 && others is not null)
            throw new ComplementException("minProperties counts properties without a name in the schema, of which two could be the same");
        var values = classes.Select(Node?[] (c) => [nodeOf(c.Values), .. c.Witnessed.Select(set => set is null ? null : nodeOf(set))]).ToList();
        return new ObjectNode(names, others, values, witnesses.Count, shape.Least, shape.Most, punctuation, options.Order == PropertyOrder.Declared);
    }

    /// <summary>Names that the shape mentions, in the order in which it does.</summary>
    private static IReadOnlyList<string> Names(ObjectShape shape) =>
        [.. shape.Rules.SelectMany(static rule => rule.Named.Keys).Concat(shape.Required).Concat(shape.Dependents.SelectMany(static d => d.Needed.Prepend(d.Name))).Distinct(StringComparer.Ordinal)];

    /// <summary>Names that are not mentioned, and what holds for their values, by class.</summary>
    private (Automaton? Names, IReadOnlyList<(SchemaSet Values, SchemaSet?[] Witnessed)> Classes) Others(
        ObjectShape shape, ObjectNames names, IReadOnlyList<string> declared, IReadOnlyList<(Dfa Names, SchemaSet Values)> witnesses)
    {
        var patterns = shape.Rules.SelectMany(static rule => rule.Patterns.Select(static p => p.Names)).Concat(witnesses.Select(static w => w.Names)).Distinct().ToList();
        if (patterns.Count == 0)
        {
            var values = shape.Rules.Aggregate(sets.Any, (all, rule) => sets.And(all, rule.Others));
            return ReferenceEquals(values, sets.Never) ? (null, []) : (tries.Except(names.Trie), [(values, [])]);
        }
        if (patterns.Count > 62)
            throw new ComplementException("an object has more than 62 patterns of names");
        var classes = new List<(SchemaSet, SchemaSet?[])>();
        var numbers = new Dictionary<long, int>();
        var dfa = NameClasses.Build(declared, patterns, matched =>
        {
            if (numbers.TryGetValue(matched, out var number))
                return number;
            var values = ValuesOf(shape, patterns, matched);
            number = Automaton.NoLabel;
            if (!ReferenceEquals(values, sets.Never))
            {
                number = classes.Count;
                classes.Add((values, [.. witnesses.Select(w => (matched & (1L << patterns.IndexOf(w.Names))) == 0 ? null : Witnessed(values, w.Values))]));
            }
            if (classes.Count > MaxClasses)
                throw new ComplementException($"names of properties fall into more than {MaxClasses} classes");
            return numbers[matched] = number;
        });
        return (dfa.IsEmpty ? null : StringSpelling.Spell(dfa), classes);
    }

    /// <summary>
    /// A name that comes again counts with its last value, and which unknown names came is not remembered: so either every value that the name may have fulfils the
    /// condition, or the value that did could be undone.
    /// </summary>
    private SchemaSet Witnessed(SchemaSet values, SchemaSet wanted)
    {
        var both = sets.And(values, wanted);
        return ReferenceEquals(both, values) || ReferenceEquals(both, sets.Never)
            ? both
            : throw new ComplementException("some property without a name in the schema has to fulfil a condition, and the same name could come again with a value that does not");
    }

    private SchemaSet ValuesOf(ObjectShape shape, List<Dfa> patterns, long matched)
    {
        var values = sets.Any;
        foreach (var rule in shape.Rules)
        {
            var mentioned = false;
            foreach (var (names, patterned) in rule.Patterns)
            {
                if ((matched & (1L << patterns.IndexOf(names))) == 0)
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
