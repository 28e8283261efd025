using System.Globalization;
using System.Text;
using EdgeMas.Grammar.Patterns;

namespace EdgeMas.Grammar.Languages;

/// <summary>
/// Reads llama.cpp's GBNF: rules <c>name ::= …</c> of literals, classes, <c>.</c>, groups, <c>|</c> and <c>* + ? {m,n}</c>. A rule ends with its line; inside
/// parentheses and behind <c>|</c> and <c>::=</c> it may go on in the next. Source: llama.cpp v0.5.0, <c>grammars/README.md</c>.
/// </summary>
internal sealed class GbnfParser
{
    private const int MaxDepth = 200;
    private const int MaxRepeat = 10_000;
    private const int MaxRules = 2_000;

    private readonly string _text;
    private readonly Dictionary<string, (Pattern Body, int At)> _rules = new(StringComparer.Ordinal);
    private int _at;
    private int _depth;

    private GbnfParser(string text) => _text = text;

    /// <returns>Rules by name, and where each begins.</returns>
    /// <exception cref="GrammarTextException">It is wrong.</exception>
    internal static IReadOnlyDictionary<string, (Pattern Body, int At)> Parse(string text)
    {
        var parser = new GbnfParser(text);
        parser.SkipSpace(newLines: true);
        while (parser._at < text.Length)
            parser.ReadRule();
        return parser._rules;
    }

    internal static GrammarTextException Refuse(string text, int at, string reason, Exception? inner = null)
    {
        var before = text.AsSpan(0, at);
        return new GrammarTextException("gbnf", before.Count('\n') + 1, at - before.LastIndexOf('\n'), reason, inner);
    }

    private void ReadRule()
    {
        var start = _at;
        if (!IsNameCharacter())
            throw Refuse($"a rule's name is expected here, not {Here()}");
        var name = ReadName();
        SkipSpace(newLines: false);
        if (!_text.AsSpan(_at).StartsWith("::="))
            throw Refuse($"'::=' is expected behind the rule's name '{name}', not {Here()}");
        _at += 3;
        SkipSpace(newLines: true);
        var body = ReadChoice(nested: false);
        if (_at < _text.Length && _text[_at] is not ('\r' or '\n'))
            throw Refuse($"a part of the rule, '|' or the end of the line is expected here, not {Here()}");
        if (!_rules.TryAdd(name, (body, start)))
            throw Refuse(_text, start, $"there is a rule '{name}' already");
        if (_rules.Count > MaxRules)
            throw Refuse(_text, start, $"it has more than {MaxRules} rules");
        SkipSpace(newLines: true);
    }

    private Pattern ReadChoice(bool nested)
    {
        if (++_depth > MaxDepth)
            throw Refuse($"its groups nest deeper than {MaxDepth}");
        var options = new List<Pattern> { ReadSequence(nested) };
        while (Take('|'))
        {
            SkipSpace(newLines: true);
            options.Add(ReadSequence(nested));
        }
        _depth--;
        return options.Count == 1 ? options[0] : new Pattern.Either(options);
    }

    private Pattern ReadSequence(bool nested)
    {
        var items = new List<Pattern>();
        for (; _at < _text.Length; SkipSpace(nested))
        {
            if (_text[_at] is '*' or '+' or '?' or '{')
            {
                if (items.Count == 0)
                    throw Refuse($"there is nothing to repeat before {Here()}");
                items[^1] = ReadQuantifier(items[^1]);
            }
            else if (ReadItem() is { } item)
            {
                items.Add(item);
            }
            else
            {
                break;
            }
        }
        return items.Count == 1 ? items[0] : new Pattern.Sequence(items);
    }

    private Pattern? ReadItem()
    {
        switch (_text[_at])
        {
            case '"':
                return ReadLiteral();
            case '[':
                return ReadClass();
            case '.':
                _at++;
                return new Pattern.Set(CodePoints.All);
            case '(':
                var open = _at++;
                SkipSpace(newLines: true);
                var inner = ReadChoice(nested: true);
                if (!Take(')'))
                    throw _at < _text.Length ? Refuse($"')' is expected here, not {Here()}") : Refuse(_text, open, "the group is not closed: ')' is expected");
                return inner;
            case '<' or '!':
                throw Refuse("rules of tokens (<…>) are not supported: a grammar here is over text");
            default:
                var at = _at;
                return IsNameCharacter() ? new GbnfReference(ReadName(), at) : null;
        }
    }

    private Pattern ReadLiteral()
    {
        var open = _at++;
        var characters = new List<Pattern>();
        while (!Take('"'))
        {
            if (_at >= _text.Length)
                throw Refuse(_text, open, "the literal is not closed: '\"' is expected");
            characters.Add(new Pattern.Set(CodePoints.Single(ReadCharacter())));
        }
        return characters.Count == 1 ? characters[0] : new Pattern.Sequence(characters);
    }

    private Pattern ReadClass()
    {
        var open = _at++;
        var negative = Take('^');
        var ranges = new List<(int From, int To)>();
        while (!Take(']'))
        {
            if (_at >= _text.Length)
                throw Refuse(_text, open, "the class is not closed: ']' is expected");
            var start = _at;
            var from = ReadCharacter();
            var to = from;
            if (_at + 1 < _text.Length && _text[_at] == '-' && _text[_at + 1] != ']')
            {
                _at++;
                to = ReadCharacter();
            }
            ranges.Add(from <= to ? (from, to) : throw Refuse(_text, start, "the range is out of order"));
        }
        var members = CodePoints.Of(ranges);
        return new Pattern.Set(negative ? members.Complement() : members);
    }

    private Pattern.Repeat ReadQuantifier(Pattern item)
    {
        var start = _at;
        switch (_text[_at++])
        {
            case '*':
                return new Pattern.Repeat(item, 0, null);
            case '+':
                return new Pattern.Repeat(item, 1, null);
            case '?':
                return new Pattern.Repeat(item, 0, 1);
        }
        SkipSpace(newLines: false);
        var least = ReadCount();
        int? most = least;
        SkipSpace(newLines: false);
        if (Take(','))
        {
            SkipSpace(newLines: false);
            most = _at < _text.Length && char.IsAsciiDigit(_text[_at]) ? ReadCount() : null;
            SkipSpace(newLines: false);
        }
        if (!Take('}'))
            throw Refuse($"'}}' is expected here, not {Here()}");
        return most < least ? throw Refuse(_text, start, "the numbers are out of order") : new Pattern.Repeat(item, least, most);
    }

    private int ReadCount()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
            _at++;
        if (_at == start)
            throw Refuse($"a number is expected here, not {Here()}");
        return int.TryParse(_text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MaxRepeat
            ? count
            : throw Refuse(_text, start, $"nothing is repeated more than {MaxRepeat} times");
    }

    private int ReadCharacter()
    {
        if (_text[_at] != '\\')
        {
            if (Rune.DecodeFromUtf16(_text.AsSpan(_at), out var rune, out var length) != System.Buffers.OperationStatus.Done)
                throw Refuse("half of a surrogate pair");
            _at += length;
            return rune.Value;
        }
        if (_at + 1 >= _text.Length)
            throw Refuse("the text ends with a backslash");
        _at += 2;
        switch (_text[_at - 1])
        {
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case '\\' or '"' or '[' or ']' or '-' or '^': return _text[_at - 1];
            case 'x': return ReadHex(2);
            case 'u': return ReadHex(4);
            case 'U': return ReadHex(8);
            default:
                _at -= 2;
                throw Refuse($"there is no escape \\{_text[_at + 1]}: known are \\n \\r \\t \\\\ \\\" \\[ \\] \\- \\^ \\xHH \\uHHHH \\UHHHHHHHH");
        }
    }

    private int ReadHex(int digits)
    {
        if (_at + digits > _text.Length || !uint.TryParse(_text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            throw Refuse($"{digits} hexadecimal digits are expected here");
        if (!Rune.IsValid(value))
            throw Refuse("no character has this number");
        _at += digits;
        return (int)value;
    }

    private string ReadName()
    {
        var start = _at;
        while (IsNameCharacter())
            _at++;
        return _text[start.._at];
    }

    private bool IsNameCharacter() => _at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '-' or '_');

    private void SkipSpace(bool newLines)
    {
        while (_at < _text.Length)
        {
            var next = _text[_at];
            if (next == '#')
                _at += _text.AsSpan(_at).IndexOfAny('\r', '\n') is var end && end >= 0 ? end : _text.Length - _at;
            else if (next is ' ' or '\t' || (newLines && next is '\r' or '\n'))
                _at++;
            else
                break;
        }
    }

    private bool Take(char expected)
    {
        if (_at >= _text.Length || _text[_at] != expected)
            return false;
        _at++;
        return true;
    }

    private string Here() => _at >= _text.Length ? "the end" : _text[_at] is '\r' or '\n' ? "the end of the line" : $"'{_text[_at]}'";

    private GrammarTextException Refuse(string reason) => Refuse(_text, _at, reason);
}
