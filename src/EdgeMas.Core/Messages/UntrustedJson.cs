using System.Text.Json;
using System.Text.Unicode;

namespace EdgeMas.Core.Messages;

/// <summary>
/// Reads JSON from outside so that whoever uses it later meets no surprise: what passes is one valid document within the limits, without doubled names, and
/// every string in it can be read. (<see cref="JsonDocument"/> alone finds broken strings only when they are asked for.)
/// </summary>
internal static class UntrustedJson
{
    /// <exception cref="FormatException">It is not; the message says where.</exception>
    internal static JsonElement Parse(ReadOnlyMemory<byte> utf8, int maxDepth, string what)
    {
        if (!Utf8.IsValid(utf8.Span))
            throw new FormatException($"{what}: not UTF-8");
        try
        {
            CheckStrings(utf8.Span, maxDepth);
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false });
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw new FormatException($"{what}: {error.Message}", error);
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException($"{what}: a string holds half of a surrogate pair", error);
        }
    }

    private static void CheckStrings(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                reader.GetString(); // throws at half a surrogate pair
        }
    }
}
