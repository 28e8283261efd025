using System.Collections.Frozen;
using System.Globalization;

namespace EdgeMas.Reasoning.Quantities;

/// <summary>Reads one number from tokens: digits, number words, decimals said with "point", fractions, "two and a half", "a couple of".</summary>
internal static class NumberWords
{
    private static readonly FrozenDictionary<string, int> Small = Enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", first: 0, step: 1);

    private static readonly FrozenDictionary<string, int> Tens = Enumerate("twenty thirty forty|fourty fifty sixty seventy eighty ninety|ninty", first: 20, step: 10);

    private static readonly FrozenDictionary<string, double> Parts = new Dictionary<string, double>
    {
        ["half"] = 1 / 2.0, ["halves"] = 1 / 2.0, ["third"] = 1 / 3.0, ["thirds"] = 1 / 3.0, ["quarter"] = 1 / 4.0, ["quarters"] = 1 / 4.0,
        ["fifth"] = 1 / 5.0, ["fifths"] = 1 / 5.0, ["sixth"] = 1 / 6.0, ["eighth"] = 1 / 8.0, ["eighths"] = 1 / 8.0, ["tenth"] = 1 / 10.0, ["tenths"] = 1 / 10.0,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads from <paramref name="at"/> on and moves it behind the number.</summary>
    internal static bool TryRead(IReadOnlyList<string> tokens, ref int at, out double value)
    {
        value = 0;
        var next = at;
        if (!TryReadGroup(tokens, ref next, out value) && !TryReadPart(tokens, ref next, out value) && !TryReadWhole(tokens, ref next, out value))
            return false;
        if (IsAt(tokens, next, "and") && TryReadHalf(tokens, next + 1, out var half, out var behind))
        {
            value += half;
            next = behind;
        }
        at = next;
        return true;
    }

    /// <summary>"a half", "half", "a quarter", "three quarters" at the place given: what follows "and" in "two and a half" and "a meter and a half".</summary>
    internal static bool TryReadHalf(IReadOnlyList<string> tokens, int at, out double value, out int behind)
    {
        behind = at;
        return TryReadPart(tokens, ref behind, out value) && value < 1;
    }

    internal static bool IsAt(IReadOnlyList<string> tokens, int at, string word) => at < tokens.Count && tokens[at] == word;

    private static bool TryReadPart(IReadOnlyList<string> tokens, ref int at, out double value)
    {
        var next = at;
        var count = 1.0;
        if (next < tokens.Count && tokens[next] is "a" or "an")
            next++;
        else if (next + 1 < tokens.Count && Small.TryGetValue(tokens[next], out var small) && small > 0 && Parts.ContainsKey(tokens[next + 1]))
            (count, next) = (small, next + 1);
        value = 0;
        if (next >= tokens.Count || !Parts.TryGetValue(tokens[next], out var part))
            return false;
        value = count * part;
        at = next + 1;
        return true;
    }

    /// <summary>"a couple of", "half a dozen", "a pair of", "a few hundred": words for a number of things.</summary>
    private static bool TryReadGroup(IReadOnlyList<string> tokens, ref int at, out double value)
    {
        var next = at;
        var count = 1.0;
        if (IsAt(tokens, next, "a"))
            next++;
        else if (IsAt(tokens, next, "half") && IsAt(tokens, next + 1, "a") && IsAt(tokens, next + 2, "dozen"))
            (count, next) = (0.5, next + 2);
        else if (next + 1 < tokens.Count && tokens[next + 1] == "dozen" && Small.TryGetValue(tokens[next], out var dozens))
            (count, next) = (dozens, next + 1);
        value = (next < tokens.Count ? tokens[next] : "") switch { "couple" or "pair" => 2, "few" => 3, "dozen" => 12, _ => 0 } * count;
        if (value == 0)
            return false;
        next++;
        TakeScales(tokens, ref next, ref value, double.PositiveInfinity);
        at = next + (IsAt(tokens, next, "of") ? 1 : 0);
        return true;
    }

    private static bool TryReadWhole(IReadOnlyList<string> tokens, ref int at, out double value)
    {
        var next = at;
        if (next < tokens.Count && char.IsAsciiDigit(tokens[next][0]))
        {
            if (!double.TryParse(tokens[next], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value))
                return false;
            next++;
        }
        else if (TryReadDigits(tokens, ref next, out value))
        {
            at = next;
            return true;
        }
        else if (IsAt(tokens, next, "a") && next + 1 < tokens.Count && Scale(tokens[next + 1]) > 0)
        {
            (value, next) = (1, next + 1); // "a hundred"
        }
        else if (next < tokens.Count && Scale(tokens[next]) > 0)
        {
            value = 1; // "hundred meters"
        }
        else if (!TryReadWords(tokens, ref next, out value) && !IsDecimal(tokens, next))
        {
            return false;
        }
        TakeScales(tokens, ref next, ref value, double.PositiveInfinity);
        if (IsDecimal(tokens, next))
        {
            var unit = 0.1;
            for (next++; next < tokens.Count && Digit(tokens[next]) is >= 0 and var digit; next++, unit /= 10)
                value += digit * unit;
        }
        value = Math.Round(value, 6);
        at = next;
        return true;
    }

    /// <summary>What stands behind a number: "hundred", "hundred and twenty", "thousand five hundred".</summary>
    private static void TakeScales(IReadOnlyList<string> tokens, ref int at, ref double value, double below)
    {
        while (at < tokens.Count && Scale(tokens[at]) is > 0 and var scale && scale < below)
        {
            value *= scale;
            at++;
            var rest = IsAt(tokens, at, "and") ? at + 1 : at;
            if (!TryReadWords(tokens, ref rest, out var more))
                continue;
            TakeScales(tokens, ref rest, ref more, scale);
            if (more < scale)
                (value, at) = (value + more, rest);
        }
    }

    /// <summary>"two seven zero": a number said digit by digit, three digits at least, since two may be two numbers.</summary>
    private static bool TryReadDigits(IReadOnlyList<string> tokens, ref int at, out double value)
    {
        value = 0;
        var next = at;
        for (; next < tokens.Count && Small.TryGetValue(tokens[next], out var digit) && digit < 10 && next - at < 6; next++)
            value = value * 10 + digit;
        if (next - at < 3)
            return false;
        at = next;
        return true;
    }

    /// <summary>Below one hundred, and "one eighty", "two forty five", "ten sixty" as bearings and settings are said.</summary>
    private static bool TryReadWords(IReadOnlyList<string> tokens, ref int at, out double value)
    {
        value = 0;
        if (at >= tokens.Count)
            return false;
        if (Small.TryGetValue(tokens[at], out var small))
        {
            at++;
            value = small;
            if (small < 1 || at >= tokens.Count || !Tens.TryGetValue(tokens[at], out var tens))
                return true;
            at++;
            value = small * 100 + tens + TakeOnes(tokens, ref at);
            return true;
        }
        if (!Tens.TryGetValue(tokens[at], out var ten))
            return false;
        at++;
        value = ten + TakeOnes(tokens, ref at);
        return true;
    }

    private static int TakeOnes(IReadOnlyList<string> tokens, ref int at)
    {
        if (at >= tokens.Count || !Small.TryGetValue(tokens[at], out var ones) || ones is < 1 or > 9)
            return 0;
        at++;
        return ones;
    }

    private static bool IsDecimal(IReadOnlyList<string> tokens, int at) => IsAt(tokens, at, "point") && at + 1 < tokens.Count && Digit(tokens[at + 1]) >= 0;

    private static int Digit(string token) =>
        Small.TryGetValue(token, out var digit) && digit < 10 ? digit : token.Length == 1 && char.IsAsciiDigit(token[0]) ? token[0] - '0' : token == "oh" ? 0 : -1;

    private static double Scale(string token) => token switch { "hundred" => 100, "thousand" => 1_000, "million" => 1_000_000, _ => 0 };

    private static FrozenDictionary<string, int> Enumerate(string words, int first, int step) =>
        words.Split(' ').SelectMany((word, i) => word.Split('|').Select(spelling => KeyValuePair.Create(spelling, first + i * step))).ToFrozenDictionary(StringComparer.Ordinal);
}
