using System.Text;

namespace EdgeMas.Reasoning.Tests.Constraints;

/// <summary>
/// Reads the part of GBNF that the product writes and tells whether a text is in the language. A second reading of the grammar, independent of llama.cpp:
/// it can say yes or no to a text that no model wrote. Throws <see cref="FormatException"/> for a grammar that is not well formed.
/// </summary>
internal sealed class GbnfMatcher
{
    private readonly Dictionary<string, Node> _rules = new(StringComparer.Ordinal);
    private readonly Dictionary<(Node, int), IReadOnlyCollection<int>> _known = [];
    private string _text = "";
    private string _line = "";
    private int _at;

    internal GbnfMatcher(string grammar)
    {
        foreach (var line in grammar.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var define = line.IndexOf(" ::= ", StringComparison.Ordinal);
            if (define < 1 || line[..define].Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
                throw new FormatException($"not a rule: {line}");
            (_line, _at) = (line[(define + 5)..], 0);
            if (!_rules.TryAdd(line[..define], ReadAlternatives()))
                throw new FormatException($"rule '{line[..define]}' is written twice");
            if (_at != _line.Length)
                throw new FormatException($"'{_line[_at..]}' is left over in: {line}");
        }
        foreach (var name in _rules.Values.SelectMany(Names))
        {
            if (!_rules.ContainsKey(name))
                throw new FormatException($"rule '{name}' is used and not written");
        }
    }

    internal int RuleCount => _rules.Count;

    internal bool Matches(string text)
    {
        _text = text;
        _known.Clear();
        return Ends(_rules["root"], 0).Contains(text.Length);
    }

    internal string Sample(Random random)
    {
        var text = new StringBuilder();
        Write(_rules["root"]);
        return text.ToString();

        void Write(Node node)
        {
            switch (node)
            {
                case Literal(var literal): text.Append(literal); break;
                case Range(var low, var high): text.Append((char)random.Next(low, high + 1)); break;
                case Name(var name): Write(_rules[name]); break;
                case Either(var ways): Write(ways[random.Next(ways.Count)]); break;
                case Sequence(var parts):
                    foreach (var part in parts)
                        Write(part);
                    break;
                case Repeat(var part, var least, var most):
                    for (var i = random.Next(least, most + 1); i > 0; i--)
                        Write(part);
                    break;
            }
        }
    }

    private IReadOnlyCollection<int> Ends(Node node, int from)
    {
        if (_known.TryGetValue((node, from), out var known))
            return known;
        var ends = new HashSet<int>();
        switch (node)
        {
            case Literal(var literal) when string.CompareOrdinal(_text, from, literal, 0, literal.Length) == 0: ends.Add(from + literal.Length); break;
            case Range(var low, var high) when from < _text.Length && _text[from] >= low && _text[from] <= high: ends.Add(from + 1); break;
            case Name(var name): ends.UnionWith(Ends(_rules[name], from)); break;
            case Either(var ways): ends.UnionWith(ways.SelectMany(way => Ends(way, from))); break;
            case Sequence(var parts):
                ends.Add(from);
                foreach (var part in parts)
                    ends = [.. ends.SelectMany(end => Ends(part, end))];
                break;
            case Repeat(var part, var least, var most):
                var reached = new HashSet<int> { from };
                for (var i = 0; i <= most && reached.Count > 0; i++)
                {
                    if (i >= least)
                        ends.UnionWith(reached);
                    reached = [.. reached.SelectMany(end => Ends(part, end))];
                }
                break;
        }
        _known[(node, from)] = ends;
        return ends;
    }

    private Node ReadAlternatives()
    {
        var ways = new List<Node> { ReadSequence() };
        while (_at < _line.Length && _line[_at] == '|')
        {
            _at++;
            ways.Add(ReadSequence());
        }
        return new Either(ways);
    }

    private Sequence ReadSequence()
    {
        var parts = new List<Node>();
        while (true)
        {
            while (_at < _line.Length && _line[_at] == ' ')
                _at++;
            if (_at >= _line.Length || _line[_at] is '|' or ')')
                return new Sequence(parts);
            parts.Add(ReadSuffix(ReadItem()));
        }
    }

    private Node ReadItem()
    {
        switch (_line[_at])
        {
            case '"': return ReadLiteral();
            case '(':
                _at++;
                var inner = ReadAlternatives();
                Expect(')');
                return inner;
            case '[':
                var range = new Range(_line[_at + 1], _line[_at + 3]);
                if (_line[_at + 2] != '-' || _line[_at + 4] != ']')
                    throw new FormatException($"character class at {_at} in: {_line}");
                _at += 5;
                return range;
            default:
                var from = _at;
                while (_at < _line.Length && (char.IsAsciiLetterOrDigit(_line[_at]) || _line[_at] == '-'))
                    _at++;
                return _at > from ? new Name(_line[from.._at]) : throw new FormatException($"'{_line[_at]}' at {_at} in: {_line}");
        }
    }

    private Node ReadSuffix(Node item)
    {
        if (_at >= _line.Length)
            return item;
        if (_line[_at] == '?')
        {
            _at++;
            return new Repeat(item, 0, 1);
        }
        if (_line[_at] != '{')
            return item;
        var close = _line.IndexOf('}', _at);
        var bounds = _line[(_at + 1)..close].Split(',');
        _at = close + 1;
        return new Repeat(item, int.Parse(bounds[0]), int.Parse(bounds[1]));
    }

    private Literal ReadLiteral()
    {
        var text = new StringBuilder();
        for (_at++; ; _at++)
        {
            if (_at >= _line.Length)
                throw new FormatException($"a literal does not end in: {_line}");
            if (_line[_at] == '"')
                break;
            if (_line[_at] != '\\')
            {
                text.Append(_line[_at]);
                continue;
            }
            _at++;
            if (_line[_at] == 'x')
            {
                text.Append((char)Convert.ToInt32(_line.Substring(_at + 1, 2), 16));
                _at += 2;
            }
            else
            {
                text.Append(_line[_at] switch { '"' => '"', '\\' => '\\', 'n' => '\n', 'r' => '\r', 't' => '\t', var other => throw new FormatException($"escape '{other}'") });
            }
        }
        _at++;
        return new Literal(text.ToString());
    }

    private void Expect(char wanted)
    {
        if (_at >= _line.Length || _line[_at] != wanted)
            throw new FormatException($"expected '{wanted}' at {_at} in: {_line}");
        _at++;
    }

    private static IEnumerable<string> Names(Node node) => node switch
    {
        Name(var name) => [name],
        Either(var ways) => ways.SelectMany(Names),
        Sequence(var parts) => parts.SelectMany(Names),
        Repeat(var part, _, _) => Names(part),
        _ => [],
    };

    private abstract class Node;

    private sealed class Literal(string text) : Node
    {
        internal void Deconstruct(out string value) => value = text;
    }

    private sealed class Range(char low, char high) : Node
    {
        internal void Deconstruct(out char from, out char to) => (from, to) = (low, high);
    }

    private sealed class Name(string name) : Node
    {
        internal void Deconstruct(out string value) => value = name;
    }

    private sealed class Either(IReadOnlyList<Node> ways) : Node
    {
        internal void Deconstruct(out IReadOnlyList<Node> value) => value = ways;
    }

    private sealed class Sequence(IReadOnlyList<Node> parts) : Node
    {
        internal void Deconstruct(out IReadOnlyList<Node> value) => value = parts;
    }

    private sealed class Repeat(Node part, int least, int most) : Node
    {
        internal void Deconstruct(out Node value, out int from, out int to) => (value, from, to) = (part, least, most);
    }
}
