using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Missions;

namespace EdgeMas.Core;

/// <summary>Source-generated JSON of everything that crosses a process border: snake_case properties and enumerations, no nulls.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 32,
    Converters =
    [
        typeof(SnakeCaseEnumConverter<Performative>), typeof(SnakeCaseEnumConverter<MessagePriority>), typeof(SnakeCaseEnumConverter<Taint>),
        typeof(SnakeCaseEnumConverter<MissionStatus>), typeof(SnakeCaseEnumConverter<StepState>), typeof(SnakeCaseEnumConverter<StepGuard>),
    ],
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(SpeechHeard))]
[JsonSerializable(typeof(SayRequest))]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(PlanRequest))]
[JsonSerializable(typeof(PlanProposal))]
[JsonSerializable(typeof(CritiqueRequest))]
[JsonSerializable(typeof(Critique))]
[JsonSerializable(typeof(SkillRequest))]
[JsonSerializable(typeof(SkillProgressed))]
[JsonSerializable(typeof(SkillEnded))]
[JsonSerializable(typeof(SkillBid))]
[JsonSerializable(typeof(Mission))]
[JsonSerializable(typeof(StepChanged))]
[JsonSerializable(typeof(MotionReport))]
[JsonSerializable(typeof(GnssReport))]
[JsonSerializable(typeof(EStopRequest))]
[JsonSerializable(typeof(DetectionReport))]
[JsonSerializable(typeof(AgentReport))]
[JsonSerializable(typeof(Presence))]
[JsonSerializable(typeof(HealthReport))]
public sealed partial class EdgeMasJson : JsonSerializerContext
{
    /// <summary>For reading what others, or an earlier run, wrote.</summary>
    public static JsonSerializerOptions Strict => field ??= StrictJson.Of(Default); // not at the start: the other half of this class may not have its default yet

    /// <summary>Compact; letters of all scripts as they are.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
