using System.Text;

namespace EdgeMas.Audio.Recognition;

/// <summary>Written text as the words that were said: lower case, no punctuation.</summary>
public static class TranscriptText
{
    /// <summary>
    /// Drops what stands in brackets (remarks such as <c>[MUSIC]</c>), keeps apostrophes in words and points in numbers, and spells out % and °.
    /// </summary>
    public static string Normalize(string text)
    {
        var words = new StringBuilder(text.Length);
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter is '[' or '(' or '*' or '♪')
                depth = letter is '*' or '♪' ? (depth == 0 ? 1 : 0) : depth + 1;
            else if (letter is ']' or ')')
                depth = Math.Max(0, depth - 1);
            else if (depth == 0)
                Append(words, text, i);
        }
        return string.Join(' ', words.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static void Append(StringBuilder words, string text, int i)
    {
        var letter = text[i];
        var before = i > 0 ? text[i - 1] : ' ';
        var after = i + 1 < text.Length ? text[i + 1] : ' ';
        switch (letter)
        {
            case '%': words.Append(" percent "); break;
            case '°': words.Append(" degrees "); break;
            case '\'' or '’' when char.IsLetter(before) && char.IsLetter(after): words.Append('\''); break;
            case '.' when char.IsAsciiDigit(before) && char.IsAsciiDigit(after): words.Append('.'); break;
            case ',' when char.IsAsciiDigit(before) && char.IsAsciiDigit(after): break; // 1,000
            case '-' when !char.IsLetterOrDigit(before) && char.IsAsciiDigit(after): words.Append(" minus "); break;
            default: words.Append(char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' '); break;
        }
    }
}
