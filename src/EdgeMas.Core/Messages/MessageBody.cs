using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using EdgeMas.Core.Events;
using EdgeMas.Core.Missions;

namespace EdgeMas.Core.Messages;

/// <summary>
/// A message's body as bytes and back. The catalogue of known types says which record a body becomes; a JSON body of another type stays a
/// <see cref="JsonElement"/>, text becomes a <see cref="string"/>, anything else <see cref="ReadOnlyMemory{T}"/> of bytes. Any thread.
/// </summary>
public static class MessageBody
{
    private static readonly FrozenDictionary<string, JsonTypeInfo> Catalogue = new Dictionary<string, Type>
    {
        [MessageTypes.SpeechHeard] = typeof(SpeechHeard),
        [MessageTypes.SayRequest] = typeof(SayRequest),
        [MessageTypes.OrderRequest] = typeof(OrderRequest),
        [MessageTypes.PlanRequest] = typeof(PlanRequest),
        [MessageTypes.PlanProposal] = typeof(PlanProposal),
        [MessageTypes.CritiqueRequest] = typeof(CritiqueRequest),
        [MessageTypes.Critique] = typeof(Critique),
        [MessageTypes.SkillRequest] = typeof(SkillRequest),
        [MessageTypes.SkillProgressed] = typeof(SkillProgressed),
        [MessageTypes.SkillEnded] = typeof(SkillEnded),
        [MessageTypes.SkillBid] = typeof(SkillBid),
        [MessageTypes.MissionChanged] = typeof(Mission),
        [MessageTypes.StepChanged] = typeof(StepChanged),
        [MessageTypes.MotionReport] = typeof(MotionReport),
        [MessageTypes.GnssReport] = typeof(GnssReport),
        [MessageTypes.EStopRequest] = typeof(EStopRequest),
        [MessageTypes.DetectionReport] = typeof(DetectionReport),
        [MessageTypes.AgentReport] = typeof(AgentReport),
        [MessageTypes.Presence] = typeof(Presence),
        [MessageTypes.HealthReport] = typeof(HealthReport),
    }.ToFrozenDictionary(pair => pair.Key, pair => EdgeMasJson.Strict.GetTypeInfo(pair.Value), StringComparer.Ordinal);

    /// <summary>The types whose bodies become records.</summary>
    public static IReadOnlyCollection<string> KnownTypes => Catalogue.Keys;

    /// <summary>The body alone, as binary mode sends it; empty where there is none.</summary>
    /// <exception cref="NotSupportedException">The body is an object of a type that has no JSON here.</exception>
    public static ReadOnlyMemory<byte> Encode(Message message)
    {
        switch (message.Data)
        {
            case null or JsonElement { ValueKind: JsonValueKind.Undefined }:
                return default;
            case ReadOnlyMemory<byte> bytes:
                return bytes;
            case byte[] bytes:
                return bytes;
            case string text when !IsJson(message.DataContentType):
                return Encoding.UTF8.GetBytes(text);
        }
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, EdgeMasJson.WriterOptions))
            WriteJson(writer, message.Data);
        return buffer.WrittenMemory;
    }

    /// <param name="type">The message's type; decides the record that JSON becomes.</param>
    /// <param name="contentType">As <see cref="Message.DataContentType"/>.</param>
    /// <param name="body">Untrusted; copied.</param>
    /// <returns>Null for an empty body.</returns>
    /// <exception cref="FormatException">Too large, too deep, or not what its types say; the message says where.</exception>
    public static object? Decode(string type, string contentType, ReadOnlySpan<byte> body, CloudEventLimits? limits = null)
    {
        limits ??= CloudEventLimits.Default;
        CheckSize(body.Length, limits, $"body of '{type}'");
        if (body.IsEmpty)
            return null;
        if (IsJson(contentType))
            return FromJson(type, UntrustedJson.Parse(body.ToArray(), $"body of '{type}'", limits.MaxDepth));
        if (!contentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase))
            return new ReadOnlyMemory<byte>(body.ToArray());
        return Utf8.IsValid(body) ? Encoding.UTF8.GetString(body) : throw new FormatException($"body of '{type}': not UTF-8 text");
    }

    internal static bool IsJson(string contentType)
    {
        var end = contentType.IndexOf(';');
        var media = (end < 0 ? contentType : contentType.AsSpan(0, end)).Trim();
        return media.Equals("application/json", StringComparison.OrdinalIgnoreCase) || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    internal static void CheckSize(int bytes, CloudEventLimits limits, string what)
    {
        if (bytes > limits.MaxBytes)
            throw new FormatException($"{what} has {bytes:N0} bytes; at most {limits.MaxBytes:N0} are read");
    }

    internal static void WriteJson(Utf8JsonWriter writer, object data)
    {
        if (data is JsonElement element)
            element.WriteTo(writer);
        else if (data is string text)
            writer.WriteStringValue(text);
        else if (EdgeMasJson.Default.GetTypeInfo(data.GetType()) is { } info)
            JsonSerializer.Serialize(writer, data, info);
        else
            throw new NotSupportedException($"a body of type {data.GetType()} cannot leave the process: add it to {nameof(EdgeMasJson)}, or send a JsonElement");
    }

    internal static object FromJson(string type, JsonElement data)
    {
        if (!Catalogue.TryGetValue(type, out var info))
            return data;
        try
        {
            return data.Deserialize(info) ?? throw new FormatException($"body of '{type}': null");
        }
        catch (JsonException error)
        {
            throw new FormatException($"body of '{type}' at {error.Path ?? "$"}: {error.Message}", error);
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException($"body of '{type}': {error.Message}", error);
        }
    }
}
