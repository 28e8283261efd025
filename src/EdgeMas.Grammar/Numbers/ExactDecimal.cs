using System.Globalization;
using System.Numerics;

namespace EdgeMas.Grammar.Numbers;

/// <summary>An exact decimal number: sign, digits before and behind the point. No needless zeros.</summary>
internal sealed record ExactDecimal(bool Negative, string Whole, string Fraction)
{
    /// <summary>Digits that a number may have when written without exponent.</summary>
    internal const int MaxDigits = 4_000;

    internal bool IsZero => Whole == "0" && Fraction.Length == 0;

    internal bool IsWhole => Fraction.Length == 0;

    /// <summary>Reads JSON's notation, exponents included.</summary>
    /// <returns>Null where it would take more than <see cref="MaxDigits"/> digits.</returns>
    internal static ExactDecimal? Parse(string json)
    {
        var text = json.AsSpan();
        var negative = text[0] == '-';
        if (negative)
            text = text[1..];
        var exponent = 0;
        var e = text.IndexOfAny('e', 'E');
        if (e >= 0)
        {
            if (!int.TryParse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs((long)exponent) > MaxDigits)
                return IsAllZeros(text[..e]) ? new ExactDecimal(false, "0", "") : null;
            text = text[..e];
        }
        var point = text.IndexOf('.');
        var digits = point < 0 ? text.ToString() : string.Concat(text[..point], text[(point + 1)..]);
        var before = (point < 0 ? text.Length : point) + exponent;
        if (before < 0)
            (digits, before) = (new string('0', -before) + digits, 0);
        if (before > digits.Length)
            digits += new string('0', before - digits.Length);
        if (digits.Length > 2 * MaxDigits)
            return null;
        var whole = digits[..before].TrimStart('0');
        var fraction = digits[before..].TrimEnd('0');
        var number = new ExactDecimal(negative, whole.Length == 0 ? "0" : whole, fraction);
        return number.IsZero ? number with { Negative = false } : number;
    }

    /// <summary>The number times 10^<paramref name="places"/>, which must be whole.</summary>
    internal BigInteger Scale(int places)
    {
        var value = BigInteger.Parse(Whole + Fraction.PadRight(places, '0'), CultureInfo.InvariantCulture);
        return Negative ? -value : value;
    }

    public override string ToString() => (Negative ? "-" : "") + Whole + (Fraction.Length == 0 ? "" : "." + Fraction);

    private static bool IsAllZeros(ReadOnlySpan<char> text) => !text.ContainsAnyExcept("0.");
}
