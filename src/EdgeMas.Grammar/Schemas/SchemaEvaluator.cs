using System.Text.Json;
using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Patterns;

namespace EdgeMas.Grammar.Schemas;

/// <summary>Finds the set of values of a schema, of its negation, and of several schemas together; each once.</summary>
internal sealed class SchemaEvaluator
{
    private readonly SchemaDocument _document;
    private readonly SchemaOptions _options;
    private readonly ValueAlgebra _algebra;
    private readonly KeywordReader _keywords;
    private readonly Dictionary<int, ValueSet> _byAtom = [];
    private readonly Dictionary<SchemaSet, ValueSet> _bySet = [];
    private readonly HashSet<int> _open = [];
    private int _probes;

    internal SchemaEvaluator(SchemaDocument document, SchemaOptions options)
    {
        _document = document;
        _options = options;
        Sets = new SchemaSets();
        _algebra = new ValueAlgebra(Sets, options.MaxAlternatives, IsNever);
        _keywords = new KeywordReader(document, options, Sets, ValuesOf);
    }

    internal SchemaSets Sets { get; }

    /// <summary>Pointer of a schema that asks for host names, or null.</summary>
    internal string? HostNames => _keywords.HostNames;

    /// <summary>Values that fulfil all schemas of the set.</summary>
    internal ValueSet ValuesOf(SchemaSet set)
    {
        if (_bySet.TryGetValue(set, out var known))
            return known;
        if (ReferenceEquals(set, Sets.Never))
            return ValueSet.None;
        var values = ValueSet.All(Sets);
        foreach (var atom in set.Atoms)
            values = Guard(_document[atom >> 1], "", () => _algebra.And(values, ValuesOf(atom)));
        _bySet[set] = values;
        return values;
    }

    private ValueSet ValuesOf(int atom)
    {
        if (_byAtom.TryGetValue(atom, out var known))
            return known;
        var schema = _document[atom >> 1];
        if (_open.Count >= SchemaDocument.MaxDepth)
            throw schema.Refuse("", $"schemas apply one another more than {SchemaDocument.MaxDepth} deep");
        if (!_open.Add(atom))
            throw _probes > 0 ? new OpenSchemaException() : schema.Refuse("$ref", "it refers to itself without a value in between");
        try
        {
            var values = (atom & 1) == 0 ? Evaluate(schema) : Guard(schema, "not", () => _algebra.Not(ValuesOf(atom ^ 1)));
            return _byAtom[atom] = values;
        }
        finally
        {
            _open.Remove(atom);
        }
    }

    /// <summary>Looks whether nothing fulfils the set, but not through schemas that are being evaluated.</summary>
    private bool IsNever(SchemaSet set)
    {
        if (ReferenceEquals(set, Sets.Never))
            return true;
        if (set.Atoms.Length < 2 && !(_byAtom.TryGetValue(set.Atoms.IsEmpty ? -1 : set.Atoms[0], out var single) && single.IsNone))
            return false;
        if (_bySet.TryGetValue(set, out var known))
            return known.IsNone;
        _probes++;
        try
        {
            return ValuesOf(set).IsNone;
        }
        catch (OpenSchemaException)
        {
            return false; // it depends on what is being found out: not known yet
        }
        finally
        {
            _probes--;
        }
    }

    private ValueSet Evaluate(Subschema schema)
    {
        switch (schema.Element.ValueKind)
        {
            case JsonValueKind.True:
                return ValueSet.All(Sets);
            case JsonValueKind.False:
                return ValueSet.None;
            case JsonValueKind.Object:
                break;
            default:
                throw schema.Refuse("", "a schema is an object, true or false");
        }
        if (_document.Legacy && schema.Element.TryGetProperty("$ref", out var only))
            return ValuesOf(_keywords.Reference(schema, "$ref", only));
        foreach (var keyword in schema.Element.EnumerateObject())
        {
            if (SchemaKeywords.Refused.Contains(keyword.Name))
                throw schema.Refuse(keyword.Name, "it is not supported");
        }
        var values = Guard(schema, "", () => _keywords.ReadOwn(schema));
        foreach (var keyword in schema.Element.EnumerateObject())
            values = Guard(schema, keyword.Name, () => Apply(schema, keyword, values));
        return values;
    }

    private ValueSet Apply(Subschema schema, JsonProperty keyword, ValueSet values) => keyword.Name switch
    {
        "$ref" => _algebra.And(values, ValuesOf(_keywords.Reference(schema, "$ref", keyword.Value))),
        "allOf" => _keywords.Several(schema, "allOf", keyword.Value).Aggregate(values, (all, part) => _algebra.And(all, ValuesOf(part))),
        "anyOf" => _algebra.And(values, _keywords.Several(schema, "anyOf", keyword.Value).Select(ValuesOf).Aggregate(_algebra.Or)),
        "oneOf" => _algebra.And(values, OneOf([.. _keywords.Several(schema, "oneOf", keyword.Value).Select(part => _algebra.And(values, ValuesOf(part)))])),
        "not" => _algebra.And(values, ValuesOf(NotAtom(_keywords.One(schema, "not", keyword.Value)))),
        "if" => If(schema, keyword.Value, values),
        "dependentSchemas" or "dependencies" => Dependents(schema, keyword, values),
        _ => values,
    };

    private SchemaSet NotAtom(SchemaSet set) => Sets.Not(set).FirstOrDefault() ?? Sets.Never;

    private ValueSet OneOf(ValueSet[] parts)
    {
        var result = ValueSet.None;
        var others = new ValueSet?[parts.Length]; // what each leaves out, once it is needed
        for (var i = 0; i < parts.Length; i++)
        {
            var alone = parts[i];
            for (var j = 0; j < parts.Length && !alone.IsNone; j++)
            {
                if (j != i && !_algebra.And(alone, parts[j]).IsNone)
                    alone = _algebra.And(alone, others[j] ??= _algebra.Not(parts[j]));
            }
            result = _algebra.Or(result, alone);
        }
        return result;
    }

    private ValueSet If(Subschema schema, JsonElement condition, ValueSet values)
    {
        var hasThen = schema.Element.TryGetProperty("then", out var then);
        var hasElse = schema.Element.TryGetProperty("else", out var otherwise);
        if (!hasThen && !hasElse)
            return values;
        var test = _keywords.One(schema, "if", condition);
        var yes = _algebra.And(values, ValuesOf(test));
        var no = _algebra.And(values, ValuesOf(NotAtom(test)));
        if (hasThen)
            yes = _algebra.And(yes, ValuesOf(_keywords.One(schema, "then", then)));
        if (hasElse)
            no = _algebra.And(no, ValuesOf(_keywords.One(schema, "else", otherwise)));
        return _algebra.Or(yes, no);
    }

    private ValueSet Dependents(Subschema schema, JsonProperty keyword, ValueSet values)
    {
        foreach (var dependent in keyword.Value.EnumerateObject())
        {
            if (keyword.Name == "dependencies" && dependent.Value.ValueKind == JsonValueKind.Array)
                continue; // read with the object's own keywords
            var needed = Sets.Of(_document.Child(schema, dependent.Value, keyword.Name, dependent.Name).Id);
            var objects = ValueSet.All(Sets);
            var without = objects with { Objects = [ObjectShape.All with { Rules = [PropertyRule.Only(dependent.Name, Sets.Never, Sets.Any)] }] };
            var with = objects with { Objects = [ObjectShape.All with { Required = [dependent.Name] }] };
            values = _algebra.Or(_algebra.And(values, without), _algebra.And(_algebra.And(values, with), ValuesOf(needed)));
        }
        return values;
    }

    /// <summary>Gives failures of the parts below their place.</summary>
    private static ValueSet Guard(Subschema schema, string keyword, Func<ValueSet> evaluate)
    {
        try
        {
            return evaluate();
        }
        catch (Exception error) when (error is ComplementException or TooManyStatesException or PatternException or Machine.GrammarLimitException)
        {
            throw schema.Refuse(keyword, error.Message, error);
        }
    }

    /// <summary>A probe came to a schema that is being evaluated.</summary>
    private sealed class OpenSchemaException : Exception;
}
