using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeMas.Host.CommandLine;

/// <summary>How verbs write JSON: one line, letters of all scripts as they are.</summary>
internal static class JsonText
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerOptions.Default) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
