using System.Globalization;
using System.Text;

namespace EdgeMas.Reasoning.Quantities;

/// <summary>Splits an order for the reader of quantities: "5m" is two tokens, "1,200" one number, "1/2" and "1,5 m" one number each, "w1" and "2nd" names.</summary>
internal static class QuantityTokens
{
    /// <summary>Stands for the end of a clause, so that "drive two, meters" is not a length.</summary>
    internal const string Break = ",";

    /// <summary>What is written with a power of ten and is more is a name, and no amount that a robot is told.</summary>
    private const double LargestPower = 1e6;

    internal static List<string> Split(string text)
    {
        var tokens = new List<string>();
        var at = 0;
        text = text.ToLowerInvariant();
        while (at < text.Length)
        {
            var c = text[at];
            if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]) && (at == 0 || !char.IsLetterOrDigit(text[at - 1]))))
                at = TakeNumber(text, at, tokens);
            else if (char.IsLetter(c) || c == '°' || c == '%')
                at = TakeWord(text, at, tokens);
            else
                at = TakeMark(text, at, tokens);
        }
        return tokens;
    }

    private static int TakeNumber(string text, int at, List<string> tokens)
    {
        var number = new StringBuilder();
        if (text[at] == '.')
            number.Append('0');
        var from = at;
        for (; at < text.Length; at++)
        {
            var digitFollows = at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]);
            if (char.IsAsciiDigit(text[at]) || (text[at] == '.' && digitFollows && !number.ToString().Contains('.')))
                number.Append(text[at]);
            else if (text[at] == ',' && from < at && number.ToString().All(char.IsAsciiDigit) && IsDecimalComma(text, at))
                number.Append('.');
            else if (!(text[at] == ',' && IsGrouping(text, at)))
                break;
        }
        if (IsOrdinal(text, at))
            return TakeWord(text, from, tokens);
        if (EndOfPower(text, at) is { } behind)
        {
            var scaled = double.Parse($"{number}{text[at..behind]}", CultureInfo.InvariantCulture);
            tokens.Add(scaled <= LargestPower ? Math.Round(scaled, 6).ToString("0.######", CultureInfo.InvariantCulture) : text[from..behind]);
            return behind;
        }
        var value = number.Length > 15 ? number.ToString(0, 15).TrimEnd('.') : number.ToString();
        var isFraction = false;
        if (at + 1 < text.Length && text[at] == '/' && from < at)
        {
            var end = at + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
                end++;
            if (end - at is > 1 and <= 4 && int.Parse(text.AsSpan(at + 1, end - at - 1), CultureInfo.InvariantCulture) is > 0 and var below && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                value = Math.Round(double.Parse(value, CultureInfo.InvariantCulture) / below, 6).ToString("0.######", CultureInfo.InvariantCulture);
                at = end;
                isFraction = true;
            }
        }
        AddNumber(tokens, value, isBehindNumber: isFraction && from > 1 && text[from - 1] == ' ' && char.IsAsciiDigit(text[from - 2]));
        return at;
    }

    /// <summary>A fraction right behind a whole number belongs to it: "2 1/2", "2½".</summary>
    private static void AddNumber(List<string> tokens, string value, bool isBehindNumber)
    {
        if (isBehindNumber && tokens.Count > 0 && value.StartsWith("0.", StringComparison.Ordinal) && tokens[^1].All(char.IsAsciiDigit))
            tokens[^1] += value[1..];
        else
            tokens.Add(value);
    }

    /// <summary>"1e3", "2.5e-2" as calculators write them.</summary>
    private static int? EndOfPower(string text, int at)
    {
        if (at + 1 >= text.Length || text[at] != 'e')
            return null;
        var digits = text[at + 1] is '+' or '-' ? at + 2 : at + 1;
        var end = digits;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return end > digits && (end == text.Length || !char.IsLetter(text[end])) ? end : null;
    }

    /// <summary>A comma with exactly three digits behind it and digits before it.</summary>
    private static bool IsGrouping(string text, int at) =>
        at + 3 < text.Length && char.IsAsciiDigit(text[at + 1]) && char.IsAsciiDigit(text[at + 2]) && char.IsAsciiDigit(text[at + 3])
        && (at + 4 >= text.Length || !char.IsAsciiDigit(text[at + 4]));

    /// <summary>One or two digits behind it, and then a unit: "1,5 m". Without a unit they are two numbers.</summary>
    private static bool IsDecimalComma(string text, int at)
    {
        var end = at + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        if (end - at is not (2 or 3))
            return false;
        if (end < text.Length && text[end] == ' ')
            end++;
        var behind = end;
        while (behind < text.Length && (char.IsLetter(text[behind]) || text[behind] is '°' or '%'))
            behind++;
        return Units.ByWord.ContainsKey(text[end..behind]);
    }

    /// <summary>"2nd" is a place in a row and no amount.</summary>
    private static bool IsOrdinal(string text, int at) =>
        at + 2 <= text.Length && text[at..(at + 2)] is "st" or "nd" or "rd" or "th" && (at + 2 == text.Length || !char.IsLetterOrDigit(text[at + 2]));

    private static int TakeWord(string text, int at, List<string> tokens)
    {
        var from = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '\'' or '°' or '%'))
            at++;
        var word = text[from..at];
        if (at + 1 < text.Length && text[at] == '/' && char.IsLetter(text[at + 1]) && Units.ByWord.ContainsKey($"{word}/{text[at + 1]}"))
        {
            word = $"{word}/{text[at + 1]}";
            at += 2;
            while (at < text.Length && char.IsLetter(text[at]))
                at++; // "km/hour", "m/sec"
        }
        tokens.Add(word);
        return at;
    }

    private static int TakeMark(string text, int at, List<string> tokens)
    {
        if (text[at] is ',' or ';' or ':' or '.' or '!' or '?' && tokens.Count > 0 && tokens[^1] != Break)
            tokens.Add(Break);
        else if (text[at] is '½' or '¼' or '¾')
            AddNumber(tokens, text[at] switch { '½' => "0.5", '¼' => "0.25", _ => "0.75" }, at > 0 && (char.IsAsciiDigit(text[at - 1]) || (at > 1 && text[at - 1] == ' ' && char.IsAsciiDigit(text[at - 2]))));
        return at + 1;
    }
}
