using System.Buffers;
using System.Text;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Messages;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace EdgeMas.Mqtt.Link;

/// <summary>
/// Messages as MQTT 5 carries them. Out: CloudEvents binary mode, attributes as user properties and the body as payload. In: binary or structured mode, or
/// a payload of somebody who knows neither.
/// </summary>
/// <remarks>Source: CloudEvents 1.0.2, MQTT protocol binding.</remarks>
internal static class WireMessage
{
    /// <summary>The type of a message without CloudEvents attributes.</summary>
    internal const string ForeignType = "edgemas.foreign";

    internal const string ForeignSource = "/mqtt/foreign";

    /// <param name="now">For the time that an unread message stays of use, which MQTT counts in seconds from here.</param>
    /// <exception cref="NotSupportedException">The body has no form outside the process.</exception>
    internal static MqttApplicationMessage Encode(Outgoing outgoing, Qos leastQos, DateTimeOffset now)
    {
        var delivery = outgoing.Delivery;
        var message = delivery.Message;
        var qos = delivery.Qos > leastQos ? delivery.Qos : leastQos;
        var wire = new MqttApplicationMessage
        {
            Topic = delivery.Topic,
            Payload = new ReadOnlySequence<byte>(MessageBody.Encode(message)),
            ContentType = message.DataContentType,
            QualityOfServiceLevel = (MqttQualityOfServiceLevel)qos,
            Retain = outgoing.Retain,
            UserProperties = Properties(message),
            CorrelationData = outgoing.CorrelationData,
        };
        if (message.Deadline is { } deadline)
            wire.MessageExpiryInterval = (uint)Math.Clamp(Math.Ceiling((deadline - now).TotalSeconds), 1, uint.MaxValue);
        return wire;
    }

    internal static List<MqttUserProperty> Properties(Message message)
    {
        var properties = new List<MqttUserProperty>(8);
        foreach (var (name, text) in CloudEventAttributes.Of(message))
            properties.Add(new MqttUserProperty(name, Encoding.UTF8.GetBytes(text).AsMemory()));
        return properties;
    }

    /// <exception cref="FormatException">Neither a CloudEvent nor JSON nor text.</exception>
    internal static Message Decode(MqttApplicationMessage wire, DateTimeOffset now, CloudEventLimits limits)
    {
        var payload = wire.Payload.IsSingleSegment ? wire.Payload.FirstSpan : wire.Payload.ToArray();
        if (wire.ContentType?.StartsWith(CloudEventJson.ContentType, StringComparison.OrdinalIgnoreCase) == true)
            return CloudEventJson.Decode(payload, limits);
        if (wire.UserProperties?.Exists(property => property.Name == CloudEventAttributes.SpecVersion) == true)
            return CloudEventAttributes.Read(wire.UserProperties.Select(Pair), wire.ContentType, payload, now, limits);
        return DecodeForeign(wire.ContentType, payload, now, limits);
    }

    /// <summary>A message that says nothing, from somebody unknown: for topics where the arrival alone has a meaning.</summary>
    internal static Message Empty(DateTimeOffset now) =>
        new() { Id = MessageIds.Next(), Source = ForeignSource, Type = ForeignType, Time = now };

    private static Message DecodeForeign(string? contentType, ReadOnlySpan<byte> payload, DateTimeOffset now, CloudEventLimits limits)
    {
        var message = Empty(now);
        if (!string.IsNullOrEmpty(contentType))
        {
            if (contentType.Length > limits.MaxAttributeLength || contentType.Any(char.IsControl))
                throw new FormatException("the content type is no content type");
            return message with { DataContentType = contentType, Data = MessageBody.Decode(ForeignType, contentType, payload, limits) };
        }
        if (payload.Length > 0 && payload[0] is (byte)'{' or (byte)'[' && TryDecodeJson(payload, limits, out var json))
            return message with { Data = json };
        var text = MessageBody.Decode(ForeignType, "text/plain", payload, limits) as string;
        if (text?.Any(letter => char.IsControl(letter) && letter is not ('\t' or '\n' or '\r')) == true)
            throw new FormatException("the payload is neither JSON nor text");
        return message with { DataContentType = "text/plain", Data = text };
    }

    private static bool TryDecodeJson(ReadOnlySpan<byte> payload, CloudEventLimits limits, out object? json)
    {
        try
        {
            json = MessageBody.Decode(ForeignType, "application/json", payload, limits);
            return true;
        }
        catch (FormatException)
        {
            json = null; // "[kitchen] lights on" is text
            return false;
        }
    }

    private static KeyValuePair<string, string> Pair(MqttUserProperty property) => new(property.Name, property.ReadValueAsString());
}
