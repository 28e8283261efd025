using System.Text;

namespace EdgeMas.Reasoning.Orders;

/// <summary>
/// An order's words as a planner may see them: one line, bounded, without characters that could form a model's control tokens. Whatever a person, a
/// recognizer or another machine sent passes here before it reaches a prompt.
/// </summary>
public sealed class OrderText
{
    /// <summary>Longest order that can be planned, in characters; a robot may allow less.</summary>
    public const int MaxCharacters = 2_000;

    /// <summary>Longest order that is planned, in words.</summary>
    public const int MaxWords = 100;

    private OrderText(string text, IReadOnlyList<string> words)
    {
        Text = text;
        Words = words;
    }

    /// <summary>As written, on one line.</summary>
    public string Text { get; }

    /// <summary>Its words in lower case without the punctuation around them; never empty.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Reads what was received. Costs no more than its limits allow, however long the text is.</summary>
    /// <param name="refusal">Why the text is no order, as a sentence for people; null when it is one.</param>
    /// <param name="maxCharacters">At most <see cref="MaxCharacters"/>.</param>
    public static OrderText? TryRead(string received, out string? refusal, int maxCharacters = MaxCharacters)
    {
        refusal = received.Length > maxCharacters
            ? $"The order has {received.Length:N0} characters; at most {maxCharacters:N0} are taken."
            : null;
        if (refusal is not null)
            return null;
        var text = Clean(received);
        var words = SplitWords(text);
        refusal = words.Count switch
        {
            0 => "The order has no words.",
            > MaxWords => $"The order has {words.Count} words; at most {MaxWords} are taken.",
            _ => null,
        };
        return refusal is null ? new OrderText(text, words) : null;
    }

    /// <summary>One line without the characters that control tokens are made of, for anything that a prompt quotes: orders, places, descriptions.</summary>
    /// <remarks>Tokens such as &lt;|im_start|&gt;, &lt;start_of_turn&gt;, &lt;/s&gt; and [INST] all need an angle or a square bracket.</remarks>
    public static string Clean(string received)
    {
        var text = new StringBuilder(received.Length);
        foreach (var rune in received.EnumerateRunes())
        {
            var shown = Show(rune);
            if (shown != ' ')
                text.Append(shown == '\0' ? rune.ToString() : shown.ToString());
            else if (text.Length > 0 && text[^1] != ' ')
                text.Append(' ');
        }
        return text.ToString().TrimEnd();
    }

    internal static IReadOnlyList<string> SplitWords(string text)
    {
        var words = new List<string>();
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var piece in part.Split([',', ';', '"', '(', ')', '\u2026'], StringSplitOptions.RemoveEmptyEntries))
            {
                var word = piece.Trim('.', '!', '?', ':', '\'', '-', '*', '/', '~').ToLowerInvariant();
                if (word.Length > 0)
                    words.Add(word);
            }
        }
        return words;
    }

    /// <summary>The character to write instead, or a null character for the rune itself.</summary>
    private static char Show(Rune rune) => rune.Value switch
    {
        '<' or '>' or '|' or '[' or ']' or '{' or '}' or '\\' or '`' => ' ',
        0x2018 or 0x2019 => '\'',
        0x201C or 0x201D => '"',
        0x2013 or 0x2014 => '-',
        0xFFFD => ' ',
        _ when Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) => ' ',
        _ when Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.PrivateUse
            or System.Globalization.UnicodeCategory.OtherNotAssigned => ' ',
        _ => '\0',
    };
}
