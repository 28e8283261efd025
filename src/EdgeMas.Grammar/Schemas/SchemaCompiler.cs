using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Machine;
using EdgeMas.Grammar.Values;

namespace EdgeMas.Grammar.Schemas;

/// <summary>Builds the grammar of a schema: a node for each set of schemas that some place of an instance can be in.</summary>
internal sealed class SchemaCompiler
{
    private readonly SchemaEvaluator _evaluator;
    private readonly SchemaDocument _document;
    private readonly SchemaOptions _options;
    private readonly Dictionary<SchemaSet, ValueNode> _nodes = [];
    private readonly Queue<SchemaSet> _open = [];
    private readonly List<ValueNode> _values = [];
    private int _parts;
    private readonly ScalarBuilder _scalars;
    private readonly ContainerBuilder _containers;

    private SchemaCompiler(SchemaDocument document, SchemaOptions options)
    {
        _document = document;
        _options = options;
        _evaluator = new SchemaEvaluator(document, options);
        var tries = new WordTries();
        _scalars = new ScalarBuilder(tries);
        _containers = new ContainerBuilder(_evaluator, options, tries, NodeOf);
    }

    /// <returns>The root, measured, and the pointer of a schema that asks for host names.</returns>
    /// <exception cref="SchemaException">It is wrong or not supported.</exception>
    internal static (Node Root, string? HostNames) Compile(SchemaDocument document, SchemaOptions options)
    {
        var compiler = new SchemaCompiler(document, options);
        var root = compiler.NodeOf(compiler._evaluator.Sets.Of(document.Root.Id));
        while (compiler._open.TryDequeue(out var set))
            compiler.Fill(set);
        // What is inside was found later, and is measured first.
        Node[] all = [.. compiler._values.SelectMany(static value => value.Containers.Prepend(value))];
        NodeMeasure.Settle(all);
        foreach (var node in all.OfType<ObjectNode>())
            node.Prune();
        return (root, compiler._evaluator.HostNames);
    }

    private ValueNode NodeOf(SchemaSet set)
    {
        if (_nodes.TryGetValue(set, out var known))
            return known;
        var node = new ValueNode();
        _nodes.Add(set, node);
        _values.Add(node);
        _open.Enqueue(set);
        Count();
        return node;
    }

    private void Fill(SchemaSet set)
    {
        var origin = set.IsAny || ReferenceEquals(set, _evaluator.Sets.Never) ? _document.Root : _document[set.Atoms[0] >> 1];
        var node = _nodes[set];
        try
        {
            var values = _evaluator.ValuesOf(set);
            node.Scalars.AddRange(_scalars.Build(values));
            foreach (var container in values.Arrays.SelectMany(_containers.Build).Concat(values.Objects.SelectMany(_containers.Build)))
            {
                node.Containers.Add(container);
                Count();
            }
        }
        catch (TooManyStatesException error)
        {
            throw origin.Refuse("", error.Message, error);
        }
        catch (Exception error) when (error is ComplementException or GrammarLimitException)
        {
            throw origin.Refuse("", error.Message, error);
        }
    }

    private void Count()
    {
        if (++_parts > _options.MaxParts)
            throw new SchemaException("", "", $"it has more than {_options.MaxParts} parts");
    }
}
