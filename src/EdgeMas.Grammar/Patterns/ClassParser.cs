using System.Globalization;
using System.Text;

namespace EdgeMas.Grammar.Patterns;

/// <summary>Reads <c>[…]</c> and escapes that stand for characters.</summary>
internal readonly struct ClassParser
{
    /// <param name="at">At the bracket; moved behind the class.</param>
    /// <exception cref="PatternException">It is wrong.</exception>
    internal ClassParser(string text, ref int at)
    {
        var start = at++;
        var negative = at < text.Length && text[at] == '^';
        if (negative)
            at++;
        var ranges = new List<(int, int)>();
        while (true)
        {
            if (at >= text.Length)
                throw new PatternException($"class at character {start + 1} is not closed");
            if (text[at] == ']')
                break;
            ReadItem(text, ref at, ranges);
        }
        at++;
        var members = CodePoints.Of(ranges);
        Result = negative ? members.Complement() : members;
    }

    internal CodePoints Result { get; }

    /// <param name="at">At the backslash; moved behind the escape.</param>
    internal static CodePoints ReadEscape(string text, ref int at)
    {
        var start = at;
        at += 2;
        if (start + 1 >= text.Length)
            throw new PatternException("it ends with a backslash");
        switch (text[start + 1])
        {
            case 'd': return PatternClasses.Digit;
            case 'D': return PatternClasses.Digit.Complement();
            case 'w': return PatternClasses.Word;
            case 'W': return PatternClasses.Word.Complement();
            case 's': return PatternClasses.Space;
            case 'S': return PatternClasses.Space.Complement();
            case 't': return CodePoints.Single('\t');
            case 'n': return CodePoints.Single('\n');
            case 'r': return CodePoints.Single('\r');
            case 'v': return CodePoints.Single('\v');
            case 'f': return CodePoints.Single('\f');
            case '0': return CodePoints.Single(0);
            case 'c' when at < text.Length && char.IsAsciiLetter(text[at]): return CodePoints.Single(text[at++] & 0x1F);
            case 'x': return CodePoints.Single(ReadHex(text, ref at, 2));
            case 'u': return CodePoints.Single(ReadUnicode(text, ref at));
            case 'p': return PatternClasses.Property(ReadProperty(text, ref at));
            case 'P': return PatternClasses.Property(ReadProperty(text, ref at)).Complement();
            case var letter when char.IsAsciiLetterOrDigit(letter):
                throw new PatternException($"unknown escape \\{letter} at character {start + 1}");
            default:
                Rune.DecodeFromUtf16(text.AsSpan(start + 1), out var rune, out var length);
                at = start + 1 + length;
                return CodePoints.Single(rune.Value);
        }
    }

    private static void ReadItem(string text, ref int at, List<(int, int)> ranges)
    {
        var from = ReadMember(text, ref at);
        if (at + 1 < text.Length && text[at] == '-' && text[at + 1] != ']' && from.Ranges is [var (low, alsoLow)] && low == alsoLow)
        {
            var dash = at++;
            var to = ReadMember(text, ref at);
            if (to.Ranges is not [var (high, alsoHigh)] || high != alsoHigh)
            {
                ranges.Add(('-', '-'));
                ranges.AddRange(to.Ranges);
            }
            else if (high < low)
            {
                throw new PatternException($"range out of order at character {dash}");
            }
            else
            {
                ranges.Add((low, high));
                return;
            }
        }
        ranges.AddRange(from.Ranges);
    }

    private static CodePoints ReadMember(string text, ref int at)
    {
        if (text[at] == '\\')
        {
            if (at + 1 < text.Length && text[at + 1] is 'b' or '-')
            {
                at += 2;
                return CodePoints.Single(text[at - 1] == 'b' ? '\b' : '-');
            }
            return ReadEscape(text, ref at);
        }
        Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
        at += length;
        return CodePoints.Single(rune.Value);
    }

    private static int ReadUnicode(string text, ref int at)
    {
        if (at < text.Length && text[at] == '{')
        {
            var close = text.IndexOf('}', at);
            if (close < 0 || !int.TryParse(text.AsSpan(at + 1, close - at - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || value > CodePoints.Max)
                throw new PatternException($"Unicode escape at character {at}");
            at = close + 1;
            return value;
        }
        var unit = ReadHex(text, ref at, 4);
        if (char.IsHighSurrogate((char)unit) && at + 1 < text.Length && text[at] == '\\' && text[at + 1] == 'u')
        {
            at += 2;
            var low = ReadHex(text, ref at, 4);
            if (!char.IsLowSurrogate((char)low))
                throw new PatternException($"surrogate without its pair before character {at + 1}");
            return char.ConvertToUtf32((char)unit, (char)low);
        }
        return char.IsSurrogate((char)unit) ? throw new PatternException($"surrogate without its pair before character {at + 1}") : unit;
    }

    private static int ReadHex(string text, ref int at, int digits)
    {
        if (at + digits > text.Length || !int.TryParse(text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            throw new PatternException($"{digits} hexadecimal digits are missing at character {at + 1}");
        at += digits;
        return value;
    }

    private static string ReadProperty(string text, ref int at)
    {
        var close = at < text.Length && text[at] == '{' ? text.IndexOf('}', at) : -1;
        if (close < 0)
            throw new PatternException($"property name is missing at character {at + 1}");
        var name = text[(at + 1)..close];
        at = close + 1;
        return name;
    }
}
