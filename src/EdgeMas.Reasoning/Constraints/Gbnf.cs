using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeMas.Reasoning.Constraints;

/// <summary>Pieces of a grammar in llama.cpp's GBNF. Source: llama.cpp v0.5.0, <c>grammars/README.md</c> and <c>src/llama-grammar.cpp</c>.</summary>
internal static class Gbnf
{
    /// <summary>A terminal that matches the text exactly.</summary>
    internal static string Literal(string text)
    {
        var literal = new StringBuilder(text.Length + 8).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => literal.Append("\\\""),
                '\\' => literal.Append("\\\\"),
                '\n' => literal.Append("\\n"),
                '\r' => literal.Append("\\r"),
                '\t' => literal.Append("\\t"),
                < 0x20 or 0x7F => literal.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:X2}"),
                _ => literal.Append(rune.ToString()),
            };
        }
        return literal.Append('"').ToString();
    }

    /// <summary>A terminal that matches the text as a JSON string, quotes included.</summary>
    internal static string JsonString(string text) => Literal($"\"{JsonEscape(text)}\"");

    /// <summary>A terminal that matches the text inside a JSON string.</summary>
    internal static string JsonPart(string text) => Literal(JsonEscape(text));

    /// <summary>The number as planners write it: no exponent, no trailing zeros.</summary>
    internal static string Number(double value) => value.ToString("0.#####", CultureInfo.InvariantCulture);

    internal static string Either(IEnumerable<string> alternatives) => string.Join(" | ", alternatives);

    private static string JsonEscape(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value;
}
