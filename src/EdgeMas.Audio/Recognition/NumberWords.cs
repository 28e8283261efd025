using System.Globalization;

namespace EdgeMas.Audio.Recognition;

/// <summary>English number words, as people say them and as the grammar hears them.</summary>
internal static class NumberWords
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>Rules <c>&lt;number&gt;</c> (0 to 999) and <c>&lt;amount&gt;</c> (with halves and decimals), in JSGF.</summary>
    internal static string Rules { get; } = $"""
        <digit> = {string.Join(" | ", Small[1..10])};
        <below_hundred> = <digit> | {string.Join(" | ", Small[10..])} | ({string.Join(" | ", Tens)}) [<digit>];
        <number> = zero | <below_hundred> | (a | <digit>) hundred [[and] <below_hundred>];
        <amount> = <number> [and a half | point (zero | <digit>) [zero | <digit>]];

        """;

    /// <summary>0 to 999 in words; other digits one by one.</summary>
    internal static string Say(string digits)
    {
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 999)
            return string.Join(' ', digits.Select(digit => Small[digit - '0']));
        var words = new List<string>();
        if (number >= 100)
            words.AddRange([Small[number / 100], "hundred"]);
        var rest = number % 100;
        if (rest >= 20)
            words.Add(Tens[(rest / 10) - 2]);
        if (rest is > 0 and < 20 || number == 0)
            words.Add(Small[rest]);
        else if (rest % 10 > 0)
            words.Add(Small[rest % 10]);
        return string.Join(' ', words);
    }
}
