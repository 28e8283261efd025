using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace EdgeMas.Grammar.Patterns;

/// <summary>Sets of characters that patterns have names for. Source: ECMA-262, 2024, section 22.2.2.9 and tables 67 to 70.</summary>
internal static class PatternClasses
{
    private static readonly ConcurrentDictionary<string, CodePoints> Properties = new(StringComparer.Ordinal);

    internal static CodePoints Digit { get; } = CodePoints.Of(('0', '9'));

    internal static CodePoints Word { get; } = CodePoints.Of(('0', '9'), ('A', 'Z'), ('a', 'z'), ('_', '_'));

    internal static CodePoints Space { get; } = CodePoints.Of(
        ('\t', '\r'), (' ', ' '), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF));

    internal static CodePoints Dot { get; } = CodePoints.Of(('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029)).Complement();

    /// <summary>Characters of a general category, such as <c>L</c>, <c>Lu</c>, <c>Letter</c>, <c>gc=Nd</c>.</summary>
    /// <exception cref="PatternException">It is another property: .NET has no table of it.</exception>
    internal static CodePoints Property(string name) => Properties.GetOrAdd(name, static name =>
    {
        var category = name.StartsWith("gc=", StringComparison.Ordinal) ? name[3..] : name.StartsWith("General_Category=", StringComparison.Ordinal) ? name[17..] : name;
        Func<UnicodeCategory, bool>? belongs = category switch
        {
            "L" or "Letter" => static c => c <= UnicodeCategory.OtherLetter,
            "Lu" or "Uppercase_Letter" => static c => c == UnicodeCategory.UppercaseLetter,
            "Ll" or "Lowercase_Letter" => static c => c == UnicodeCategory.LowercaseLetter,
            "Lt" or "Titlecase_Letter" => static c => c == UnicodeCategory.TitlecaseLetter,
            "Lm" or "Modifier_Letter" => static c => c == UnicodeCategory.ModifierLetter,
            "Lo" or "Other_Letter" => static c => c == UnicodeCategory.OtherLetter,
            "LC" or "Cased_Letter" => static c => c <= UnicodeCategory.TitlecaseLetter,
            "M" or "Mark" => static c => c is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark,
            "Mn" or "Nonspacing_Mark" => static c => c == UnicodeCategory.NonSpacingMark,
            "Mc" or "Spacing_Mark" => static c => c == UnicodeCategory.SpacingCombiningMark,
            "Me" or "Enclosing_Mark" => static c => c == UnicodeCategory.EnclosingMark,
            "N" or "Number" => static c => c is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber,
            "Nd" or "Decimal_Number" or "digit" => static c => c == UnicodeCategory.DecimalDigitNumber,
            "Nl" or "Letter_Number" => static c => c == UnicodeCategory.LetterNumber,
            "No" or "Other_Number" => static c => c == UnicodeCategory.OtherNumber,
            "P" or "Punctuation" or "punct" => static c => c is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation,
            "Pc" or "Connector_Punctuation" => static c => c == UnicodeCategory.ConnectorPunctuation,
            "Pd" or "Dash_Punctuation" => static c => c == UnicodeCategory.DashPunctuation,
            "Ps" or "Open_Punctuation" => static c => c == UnicodeCategory.OpenPunctuation,
            "Pe" or "Close_Punctuation" => static c => c == UnicodeCategory.ClosePunctuation,
            "Po" or "Other_Punctuation" => static c => c == UnicodeCategory.OtherPunctuation,
            "S" or "Symbol" => static c => c is >= UnicodeCategory.MathSymbol and <= UnicodeCategory.OtherSymbol,
            "Sm" or "Math_Symbol" => static c => c == UnicodeCategory.MathSymbol,
            "Sc" or "Currency_Symbol" => static c => c == UnicodeCategory.CurrencySymbol,
            "Sk" or "Modifier_Symbol" => static c => c == UnicodeCategory.ModifierSymbol,
            "So" or "Other_Symbol" => static c => c == UnicodeCategory.OtherSymbol,
            "Z" or "Separator" => static c => c is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
            "Zs" or "Space_Separator" => static c => c == UnicodeCategory.SpaceSeparator,
            "Cc" or "Control" or "cntrl" => static c => c == UnicodeCategory.Control,
            "Cf" or "Format" => static c => c == UnicodeCategory.Format,
            "Any" => static _ => true,
            "ASCII" => null,
            _ => throw new PatternException($"character property '{name}'"),
        };
        return belongs is null ? CodePoints.Of((0, 0x7F)) : Collect(belongs);
    });

    private static CodePoints Collect(Func<UnicodeCategory, bool> belongs)
    {
        var ranges = new List<(int, int)>();
        var from = -1;
        for (var value = 0; value <= CodePoints.Max + 1; value++)
        {
            var inside = value <= CodePoints.Max && Rune.IsValid(value) && belongs(CharUnicodeInfo.GetUnicodeCategory(value));
            if (inside && from < 0)
                from = value;
            if (!inside && from >= 0)
            {
                ranges.Add((from, value - 1));
                from = -1;
            }
        }
        return CodePoints.Of(ranges);
    }
}
