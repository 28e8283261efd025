using System.Text;

namespace EdgeMas.Grammar.Strings;

/// <summary>The one way in which values are written where a grammar knows them beforehand: no needless escapes, letters of all scripts as they are.</summary>
internal static class JsonText
{
    /// <summary>The string in quotes. Surrogates without their pair become U+FFFD.</summary>
    internal static string Quote(string text)
    {
        var json = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                < 0x20 => json.Append("\\u00").Append(rune.Value.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)),
                _ => json.Append(rune.ToString()),
            };
        }
        return json.Append('"').ToString();
    }

    internal static byte[] QuoteBytes(string text) => Encoding.UTF8.GetBytes(Quote(text));
}
