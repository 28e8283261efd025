using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeMas.Host.CommandLine;

/// <summary>How nodes of JSON are written: one line, letters of all scripts as they are.</summary>
internal static class JsonText
{
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
