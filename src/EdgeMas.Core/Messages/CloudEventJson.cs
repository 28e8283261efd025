using System.Buffers;
using System.Text.Json;

namespace EdgeMas.Core.Messages;

/// <summary>
/// A message as one JSON object, CloudEvents' structured mode. What is encoded here decodes to an equal message, except that a body of an unknown type
/// comes back as a <see cref="JsonElement"/>. Any thread.
/// </summary>
/// <remarks>Source: CloudEvents 1.0.2, JSON event format.</remarks>
public static class CloudEventJson
{
    public const string ContentType = "application/cloudevents+json";

    private const string DataContentType = "datacontenttype";

    /// <exception cref="NotSupportedException">The body is an object of a type that has no JSON here.</exception>
    public static byte[] Encode(Message message)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, EdgeMasJson.WriterOptions))
        {
            writer.WriteStartObject();
            foreach (var (name, text) in CloudEventAttributes.Of(message))
                writer.WriteString(name, text);
            writer.WriteString(DataContentType, message.DataContentType);
            WriteData(writer, message.Data);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <param name="utf8">Untrusted bytes; copied.</param>
    /// <exception cref="FormatException">Not an event within the limits; the message says which attribute or where in the body.</exception>
    public static Message Decode(ReadOnlySpan<byte> utf8, CloudEventLimits? limits = null)
    {
        limits ??= CloudEventLimits.Default;
        MessageBody.CheckSize(utf8.Length, limits, "event");
        var root = UntrustedJson.Parse(utf8.ToArray(), "event", limits.MaxDepth);
        if (root.ValueKind != JsonValueKind.Object)
            throw new FormatException("event: expected an object");
        if (!root.TryGetProperty(CloudEventAttributes.SpecVersion, out _))
            throw new FormatException("attribute specversion is missing");
        if (!root.TryGetProperty(CloudEventAttributes.Time, out _))
            throw new FormatException("attribute time is missing");
        var contentType = root.TryGetProperty(DataContentType, out var given) ? ReadText(DataContentType, given) : null;
        var message = CloudEventAttributes.ReadEnvelope(Attributes(root), contentType, default, limits);
        return message with { Data = ReadData(root, message) };
    }

    private static IEnumerable<KeyValuePair<string, string>> Attributes(JsonElement root)
    {
        foreach (var property in root.EnumerateObject())
        {
            if (CloudEventAttributes.IsKnown(property.Name) && property.Value.ValueKind != JsonValueKind.Null)
                yield return new(property.Name, ReadText(property.Name, property.Value));
        }
    }

    private static void WriteData(Utf8JsonWriter writer, object? data)
    {
        switch (data)
        {
            case null or JsonElement { ValueKind: JsonValueKind.Undefined }:
                break;
            case ReadOnlyMemory<byte> bytes:
                writer.WriteBase64String("data_base64"u8, bytes.Span);
                break;
            case byte[] bytes:
                writer.WriteBase64String("data_base64"u8, bytes);
                break;
            default:
                writer.WritePropertyName("data"u8);
                MessageBody.WriteJson(writer, data);
                break;
        }
    }

    private static object? ReadData(JsonElement root, Message message)
    {
        var hasData = root.TryGetProperty("data"u8, out var data);
        if (root.TryGetProperty("data_base64"u8, out var base64))
        {
            if (hasData)
                throw new FormatException("event: data and data_base64 exclude each other");
            return base64.ValueKind == JsonValueKind.String && base64.TryGetBytesFromBase64(out var bytes)
                ? new ReadOnlyMemory<byte>(bytes)
                : throw new FormatException("event, data_base64: not base64");
        }
        if (!hasData || data.ValueKind == JsonValueKind.Null)
            return null;
        if (MessageBody.IsJson(message.DataContentType))
            return MessageBody.FromJson(message.Type, data);
        return data.ValueKind == JsonValueKind.String
            ? data.GetString()
            : throw new FormatException($"event, data: a body of {message.DataContentType} is a string here");
    }

    private static string ReadText(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new FormatException($"attribute {name}: expected a string");
}
