using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeMas.Host.Bench;
using EdgeMas.Host.Hil;
using EdgeMas.Host.Robot;

namespace EdgeMas.Host.CommandLine;

/// <summary>Source-generated JSON of what verbs write and read themselves: snake_case, no nulls, one line, letters of all scripts as they are.</summary>
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(BenchOptions))]
[JsonSerializable(typeof(EngineTimeline))]
[JsonSerializable(typeof(HilResult))]
[JsonSerializable(typeof(BrokerConnection))]
internal sealed partial class HostJson : JsonSerializerContext
{
    public static HostJson Shared { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });
}
