using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Machine;
using EdgeMas.Grammar.Patterns;

namespace EdgeMas.Grammar.Languages;

/// <summary>
/// Builds the grammar of GBNF rules. What does not lead into a rule that contains itself is regular, and becomes a table where that is small; the rest is nodes.
/// </summary>
internal sealed class GbnfCompiler
{
    private const string Root = "root";

    /// <summary>Characters of a regular part, its repetitions written out, that is tried as a table.</summary>
    private const int MaxTablePattern = 20_000;

    /// <summary>Times that a part which may be empty is repeated, where it is no table.</summary>
    private const int MaxEmptyRepeat = 500;

    private readonly string _text;
    private readonly IReadOnlyDictionary<string, (Pattern Body, int At)> _rules;
    private readonly Dictionary<string, Pattern> _regular = new(StringComparer.Ordinal); // rules without recursion, references in them resolved
    private readonly Dictionary<string, long> _sizes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ChoiceNode> _nodes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _empty = new(StringComparer.Ordinal);
    private readonly List<Node> _all = [];

    private GbnfCompiler(string text)
    {
        _text = text;
        _rules = GbnfParser.Parse(text);
    }

    /// <exception cref="GrammarTextException">It is wrong, has no text, or a rule begins with itself.</exception>
    internal static Node Compile(string text)
    {
        var compiler = new GbnfCompiler(text);
        if (!compiler._rules.TryGetValue(Root, out var root))
            throw new GrammarTextException("gbnf", 0, 0, $"there is no rule '{Root}'");
        compiler.RequireRules();
        compiler.FindEmpty();
        compiler.FindRegular();
        var node = compiler.Rule(Root);
        NodeMeasure.Settle(compiler._all);
        compiler.RequireProgress();
        return node.Shortest < Node.Unreachable ? node : throw GbnfParser.Refuse(text, root.At, "the rule has no text that ends");
    }

    private void RequireRules()
    {
        foreach (var (body, _) in _rules.Values)
        {
            foreach (var reference in References(body))
            {
                if (!_rules.ContainsKey(reference.Name))
                    throw GbnfParser.Refuse(_text, reference.At, $"there is no rule '{reference.Name}'");
            }
        }
    }

    /// <summary>From rules without references on to those that refer to known ones only.</summary>
    private void FindRegular()
    {
        var left = _rules.ToDictionary(static rule => rule.Key, static rule => References(rule.Value.Body).Select(static r => r.Name).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        var users = left.SelectMany(static rule => rule.Value.Select(name => (name, rule.Key))).ToLookup(static pair => pair.name, static pair => pair.Key, StringComparer.Ordinal);
        var ready = new Queue<string>(left.Where(static rule => rule.Value.Count == 0).Select(static rule => rule.Key));
        while (ready.TryDequeue(out var name))
        {
            _sizes[name] = SizeOf(_rules[name].Body);
            _regular[name] = Resolve(_rules[name].Body);
            foreach (var user in users[name])
            {
                if (left[user].Remove(name) && left[user].Count == 0)
                    ready.Enqueue(user);
            }
        }
    }

    private Pattern Resolve(Pattern part) => part switch
    {
        GbnfReference reference => _regular[reference.Name],
        Pattern.Sequence sequence => new Pattern.Sequence([.. sequence.Items.Select(Resolve)]),
        Pattern.Either either => new Pattern.Either([.. either.Options.Select(Resolve)]),
        Pattern.Repeat repeat => repeat with { Item = Resolve(repeat.Item) },
        _ => part,
    };

    private long SizeOf(Pattern part) => Math.Min(1_000_000, part switch
    {
        GbnfReference reference => _sizes[reference.Name],
        Pattern.Sequence sequence => 1 + sequence.Items.Sum(SizeOf),
        Pattern.Either either => 1 + either.Options.Sum(SizeOf),
        Pattern.Repeat repeat => 1 + (SizeOf(repeat.Item) * Math.Max(1, repeat.Most ?? repeat.Least)),
        _ => 1,
    });

    private bool IsRegular(Pattern part) => References(part).All(reference => _regular.ContainsKey(reference.Name));

    private ChoiceNode Rule(string name)
    {
        if (_nodes.TryGetValue(name, out var known))
            return known;
        var node = new ChoiceNode();
        _nodes.Add(name, node);
        _all.Add(node);
        node.Options.Add(Build(_rules[name].Body, _rules[name].At));
        return node;
    }

    private Node Build(Pattern part, int at)
    {
        CompileWork.Do(16);
        if (IsRegular(part) && SizeOf(part) <= MaxTablePattern && TryTable(part) is { } table)
            return table;
        return Add(part switch
        {
            Pattern.Set set => new TerminalNode(Nfa.Compile(set, atBegin: true)),
            Pattern.Sequence sequence => new SequenceNode([.. Group(sequence.Items, static run => new Pattern.Sequence(run), inOrder: true).Select(item => Build(item, at))]),
            Pattern.Either either => new ChoiceNode(Group(either.Options, static some => new Pattern.Either(some), inOrder: false).Select(option => Build(option, at))),
            Pattern.Repeat repeat => Repeat(repeat, at),
            GbnfReference reference => Rule(reference.Name),
            _ => throw new InvalidOperationException($"{part.GetType().Name} is no part of a grammar"),
        });
    }

    private RepeatNode Repeat(Pattern.Repeat repeat, int at) =>
        Math.Max(repeat.Least, repeat.Most ?? 0) <= MaxEmptyRepeat || !IsEmptyAllowed(repeat.Item)
            ? new RepeatNode(Build(repeat.Item, at), repeat.Least, repeat.Most)
            : throw GbnfParser.Refuse(_text, at, $"the rule repeats a part that may be empty more than {MaxEmptyRepeat} times");

    /// <summary>A rule's own node is there already; measuring it twice does no harm.</summary>
    private Node Add(Node node)
    {
        _all.Add(node);
        return node;
    }

    /// <summary>Regular neighbours together; all of them only apart, since together they were no table.</summary>
    private IEnumerable<Pattern> Group(IReadOnlyList<Pattern> parts, Func<IReadOnlyList<Pattern>, Pattern> join, bool inOrder)
    {
        var run = new List<Pattern>();
        var size = 0L;
        foreach (var part in inOrder ? parts : [.. parts.OrderBy(part => IsRegular(part) ? 0 : 1)])
        {
            var more = IsRegular(part) ? SizeOf(part) : long.MaxValue;
            if (more <= MaxTablePattern && size + more <= MaxTablePattern)
            {
                run.Add(part);
                size += more;
                continue;
            }
            if (run.Count > 0)
                yield return run.Count == 1 ? run[0] : join([.. run]);
            run.Clear();
            size = 0;
            yield return part;
        }
        if (run.Count > 1 && run.Count < parts.Count)
            run = [join([.. run])];
        foreach (var part in run)
            yield return part;
    }

    private TerminalNode? TryTable(Pattern part)
    {
        try
        {
            var node = new TerminalNode(Nfa.Compile(Resolve(part), atBegin: true));
            _all.Add(node);
            return node;
        }
        catch (Exception error) when (error is TooManyStatesException or PatternException)
        {
            return null; // as nodes it has no table
        }
    }

    /// <summary>A rule that enters itself before a character is read would never come to one.</summary>
    private void RequireProgress()
    {
        var done = new Dictionary<string, bool>(StringComparer.Ordinal); // false: on the way
        void Visit(string name)
        {
            if (done.TryGetValue(name, out var finished))
            {
                if (!finished)
                    throw GbnfParser.Refuse(_text, _rules[name].At, $"the rule '{name}' begins with itself (left recursion): let it begin with a character, or write a repetition");
                return;
            }
            done[name] = false;
            foreach (var first in Beginnings(_rules[name].Body))
                Visit(first);
            done[name] = true;
        }
        foreach (var name in _nodes.Keys)
            Visit(name);
    }

    /// <summary>Rules that contain themselves and may be entered first.</summary>
    private IEnumerable<string> Beginnings(Pattern part)
    {
        switch (part)
        {
            case GbnfReference reference:
                return _regular.ContainsKey(reference.Name) ? [] : [reference.Name];
            case Pattern.Either either:
                return either.Options.SelectMany(Beginnings);
            case Pattern.Repeat repeat:
                return Beginnings(repeat.Item);
            case Pattern.Sequence sequence:
                var before = sequence.Items.TakeWhile(IsEmptyAllowed).Count();
                return sequence.Items.Take(before + 1).SelectMany(Beginnings);
            default:
                return [];
        }
    }

    /// <summary>Rules that match the empty text: the least fixed point, so that what only contains itself does not.</summary>
    private void FindEmpty()
    {
        var changed = true;
        while (changed)
        {
            changed = false;
            foreach (var (name, (body, _)) in _rules)
                changed |= !_empty.Contains(name) && IsEmptyAllowed(body) && _empty.Add(name);
        }
    }

    private bool IsEmptyAllowed(Pattern part) => part switch
    {
        GbnfReference reference => _empty.Contains(reference.Name),
        Pattern.Sequence sequence => sequence.Items.All(IsEmptyAllowed),
        Pattern.Either either => either.Options.Any(IsEmptyAllowed),
        Pattern.Repeat repeat => repeat.Least == 0 || IsEmptyAllowed(repeat.Item),
        _ => false,
    };

    private static IEnumerable<GbnfReference> References(Pattern part) => part switch
    {
        GbnfReference reference => [reference],
        Pattern.Sequence sequence => sequence.Items.SelectMany(References),
        Pattern.Either either => either.Options.SelectMany(References),
        Pattern.Repeat repeat => References(repeat.Item),
        _ => [],
    };
}
