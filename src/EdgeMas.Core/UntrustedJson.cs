using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace EdgeMas.Core;

/// <summary>
/// Reads JSON from outside so that whoever uses it later meets no surprise: what passes is one valid document within the limits, without doubled names, and
/// every string in it can be read. (<see cref="JsonDocument"/> alone finds broken strings only when they are asked for.)
/// </summary>
public static class UntrustedJson
{
    private const string HalfPair = "a string holds half of a surrogate pair";
    private const int UsualDepth = 64;

    /// <exception cref="FormatException">As below.</exception>
    public static JsonElement Parse(string json, string what, int maxDepth = UsualDepth)
    {
        var utf8 = new byte[Encoding.UTF8.GetMaxByteCount(json.Length)];
        return Utf8.FromUtf16(json, utf8, out _, out var written, replaceInvalidSequences: false) == OperationStatus.Done
            ? Parse(utf8.AsMemory(0, written), what, maxDepth)
            : throw new FormatException($"{what}: {HalfPair}");
    }

    /// <param name="utf8">Only read during the call.</param>
    /// <param name="what">What it should be, for the message.</param>
    /// <param name="maxDepth">Arrays and objects inside one another; more are refused.</param>
    /// <exception cref="FormatException">It is not; the message says where.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> utf8, string what, int maxDepth = UsualDepth)
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
            throw new FormatException($"{what}: {HalfPair}", error);
        }
    }

    /// <summary>Why a string or name in a value cannot be read; null where all can.</summary>
    public static string? Flaw(JsonElement value)
    {
        try
        {
            CheckStrings(JsonMarshal.GetRawUtf8Value(value), int.MaxValue);
            return null;
        }
        catch (InvalidOperationException)
        {
            return HalfPair;
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
