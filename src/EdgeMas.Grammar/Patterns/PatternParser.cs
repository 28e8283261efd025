using System.Globalization;
using System.Text;

namespace EdgeMas.Grammar.Patterns;

/// <summary>
/// Reads a regular expression as ECMA-262 (2024, Unicode mode) writes it, with the web's leniencies of its annex B. Back references, lookbehind and word
/// boundaries are refused.
/// </summary>
internal sealed class PatternParser
{
    private const int MaxDepth = 200;
    private const int MaxRepeat = 50_000;

    private readonly string _text;
    private int _at;
    private int _depth;

    private PatternParser(string text) => _text = text;

    /// <exception cref="PatternException">It is wrong or not supported.</exception>
    internal static Pattern Parse(string text)
    {
        var parser = new PatternParser(text);
        var pattern = parser.ReadEither();
        return parser._at == text.Length ? pattern : throw new PatternException($"unmatched ')' at character {parser._at + 1}");
    }

    private Pattern ReadEither()
    {
        if (++_depth > MaxDepth)
            throw new PatternException($"its groups nest deeper than {MaxDepth}");
        var options = new List<Pattern> { ReadSequence() };
        while (Take('|'))
            options.Add(ReadSequence());
        _depth--;
        return options.Count == 1 ? options[0] : new Pattern.Either(options);
    }

    private Pattern ReadSequence()
    {
        var items = new List<Pattern>();
        while (_at < _text.Length && _text[_at] is not ('|' or ')'))
            items.Add(ReadQuantified());
        return items.Count == 1 ? items[0] : new Pattern.Sequence(items);
    }

    private Pattern ReadQuantified()
    {
        var item = ReadAtom();
        while (ReadQuantifier() is var (least, most))
        {
            if (item is Pattern.Begin or Pattern.End)
                throw new PatternException($"nothing to repeat at character {_at}");
            item = new Pattern.Repeat(item, least, most);
            if (!Take('?') && _at < _text.Length && _text[_at] == '+')
                throw new PatternException($"possessive quantifier at character {_at + 1}");
        }
        return item;
    }

    private (int Least, int? Most)? ReadQuantifier()
    {
        if (Take('*'))
            return (0, null);
        if (Take('+'))
            return (1, null);
        if (Take('?'))
            return (0, 1);
        if (_at >= _text.Length || _text[_at] != '{')
            return null;
        var close = _text.IndexOf('}', _at);
        if (close < 0)
            return null;
        var inside = _text.AsSpan(_at + 1, close - _at - 1);
        var comma = inside.IndexOf(',');
        if (!TryCount(comma < 0 ? inside : inside[..comma], out var least))
            return null;
        int? most = least;
        if (comma >= 0)
        {
            most = null;
            if (inside.Length > comma + 1)
            {
                if (!TryCount(inside[(comma + 1)..], out var limit))
                    return null;
                most = limit;
            }
        }
        if (least > MaxRepeat || most > MaxRepeat)
            throw new PatternException($"it repeats more than {MaxRepeat} times");
        if (most < least)
            throw new PatternException($"numbers out of order in the quantifier at character {_at + 1}");
        _at = close + 1;
        return (least, most);
    }

    private static bool TryCount(ReadOnlySpan<char> digits, out int count)
    {
        count = 0;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
            return false;
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out count))
            count = int.MaxValue;
        return true;
    }

    private Pattern ReadAtom()
    {
        var next = _text[_at];
        switch (next)
        {
            case '^':
                _at++;
                return new Pattern.Begin();
            case '$':
                _at++;
                return new Pattern.End();
            case '.':
                _at++;
                return new Pattern.Set(PatternClasses.Dot);
            case '(':
                return ReadGroup();
            case '[':
                return new Pattern.Set(new ClassParser(_text, ref _at).Result);
            case '\\':
                return ReadEscape();
            case '*' or '+' or '?':
                throw new PatternException($"nothing to repeat at character {_at + 1}");
            default:
                Rune.DecodeFromUtf16(_text.AsSpan(_at), out var rune, out var length);
                _at += length;
                return new Pattern.Set(CodePoints.Single(rune.Value));
        }
    }

    private Pattern ReadGroup()
    {
        var start = _at++;
        Func<Pattern, Pattern> wrap = static inner => inner;
        if (Take('?'))
        {
            if (Take('='))
                wrap = static inner => new Pattern.Look(inner, Negative: false);
            else if (Take('!'))
                wrap = static inner => new Pattern.Look(inner, Negative: true);
            else if (Take('<'))
                SkipName(start);
            else if (!Take(':'))
                throw new PatternException($"group modifier at character {start + 1}");
        }
        var inner = ReadEither();
        if (!Take(')'))
            throw new PatternException($"group at character {start + 1} is not closed");
        return wrap(inner);
    }

    private void SkipName(int start)
    {
        if (_at < _text.Length && _text[_at] is '=' or '!')
            throw new PatternException($"lookbehind at character {start + 1}");
        var close = _text.IndexOf('>', _at);
        _at = close > _at ? close + 1 : throw new PatternException($"group name at character {start + 1}");
    }

    private Pattern ReadEscape()
    {
        if (_at + 1 >= _text.Length)
            throw new PatternException("it ends with a backslash");
        switch (_text[_at + 1])
        {
            case 'b' or 'B':
                throw new PatternException($"word boundary at character {_at + 1}");
            case 'k' or (>= '1' and <= '9'):
                throw new PatternException($"back reference at character {_at + 1}");
            default:
                return new Pattern.Set(ClassParser.ReadEscape(_text, ref _at));
        }
    }

    private bool Take(char expected)
    {
        if (_at >= _text.Length || _text[_at] != expected)
            return false;
        _at++;
        return true;
    }
}
