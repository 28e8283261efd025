using System.Text;

namespace EdgeMas.Audio.Recognition;

/// <summary>Splits a phrase such as <c>go forward {distance_m}</c> into words of the dictionary and slots.</summary>
internal sealed class PhraseReader(Func<string, bool> knows)
{
    private const int MaxCharacters = 200;

    // Words of JSGF itself.
    private static readonly string[] Reserved = ["grammar", "import", "public"];

    /// <summary>Words as a grammar writes them, or the name of an argument.</summary>
    internal readonly record struct Piece(string Text, string? Slot);

    /// <param name="reason">Why the phrase cannot be heard, or null.</param>
    internal IReadOnlyList<Piece> Read(string phrase, out string? reason)
    {
        var pieces = new List<Piece>();
        reason = null;
        for (var at = 0; at < phrase.Length && reason is null;)
        {
            var open = phrase.IndexOf('{', at);
            var words = phrase[at..(open < 0 ? phrase.Length : open)];
            if (!string.IsNullOrWhiteSpace(words))
                pieces.Add(new Piece(Words(words, out reason) ?? "", null));
            if (open < 0)
                break;
            var close = phrase.IndexOf('}', open);
            if (close < 0)
            {
                reason = "'{' without '}'";
                break;
            }
            pieces.Add(new Piece("", phrase[(open + 1)..close].Trim()));
            at = close + 1;
        }
        return pieces;
    }

    /// <summary>Lower case, digits as words, separators as spaces.</summary>
    /// <returns>Null when a word is not in the dictionary.</returns>
    internal string? Words(string text, out string? reason)
    {
        reason = null;
        if (text.Length > MaxCharacters)
        {
            reason = $"more than {MaxCharacters} characters";
            return null;
        }
        var words = Spaced(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var unknown = words.FirstOrDefault(word => Reserved.Contains(word) || !word.All(letter => char.IsAsciiLetterLower(letter) || letter == '\'') || !knows(word));
        if (words.Length > 0 && unknown is null)
            return string.Join(' ', words);
        reason = words.Length == 0 ? "it has no words" : $"'{unknown}' is not in the pronunciation dictionary";
        return null;
    }

    private static string Spaced(string text)
    {
        var spaced = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                var end = i;
                while (end < text.Length && char.IsAsciiDigit(text[end]))
                    end++;
                spaced.Append(' ').Append(NumberWords.Say(text[i..end])).Append(' ');
                i = end - 1;
            }
            else
            {
                spaced.Append(text[i] is '_' or '-' or '.' or ',' || char.IsWhiteSpace(text[i]) ? ' ' : char.ToLowerInvariant(text[i]));
            }
        }
        return spaced.ToString();
    }
}
