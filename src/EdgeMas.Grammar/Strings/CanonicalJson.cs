using System.Text;
using System.Text.Json;
using EdgeMas.Grammar.Numbers;

namespace EdgeMas.Grammar.Strings;

/// <summary>A value as grammars know it: compact, numbers without exponent, strings without needless escapes, the last of properties with the same name.</summary>
internal static class CanonicalJson
{
    internal static string Write(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AppendObject(text, value);
                break;
            case JsonValueKind.Array:
                var separator = '[';
                foreach (var item in value.EnumerateArray())
                {
                    text.Append(separator);
                    Append(text, item);
                    separator = ',';
                }
                text.Append(separator == '[' ? "[]" : "]");
                break;
            case JsonValueKind.String:
                text.Append(JsonText.Quote(value.GetString()!));
                break;
            case JsonValueKind.Number:
                text.Append(ExactDecimal.Parse(value.GetRawText())?.ToString() ?? value.GetRawText());
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void AppendObject(StringBuilder text, JsonElement value)
    {
        var last = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
            last[property.Name] = property.Value;
        var separator = '{';
        foreach (var (name, item) in last)
        {
            text.Append(separator).Append(JsonText.Quote(name)).Append(':');
            Append(text, item);
            separator = ',';
        }
        text.Append(separator == '{' ? "{}" : "}");
    }
}
