using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using MQTTnet;
using MQTTnet.Protocol;

namespace EdgeMas.Mqtt.Link;

/// <summary>A link's options as MQTTnet wants them.</summary>
internal static class ClientOptions
{
    /// <summary>Room for topic and properties beside the largest body.</summary>
    private const int Overhead = 64 << 10;

    /// <param name="resume">Go on with the session of the connection before; otherwise begin a new one.</param>
    /// <param name="will">What the broker publishes when the connection breaks.</param>
    /// <exception cref="IOException">The authority's file is missing.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The authority's file is no certificate.</exception>
    internal static MqttClientOptions Make(MqttLinkOptions options, bool resume, Message will)
    {
        var made = BrokerLogin.OptionsFor(options.Endpoint)
            .WithClientId(options.ClientId)
            .WithCleanStart(!resume)
            .WithSessionExpiryInterval((uint)options.SessionExpiry.TotalSeconds)
            .WithKeepAlivePeriod(options.KeepAlive)
            .WithTimeout(options.ConnectTimeout)
            .WithMaximumPacketSize((uint)(options.MaxIncomingBytes + Overhead))
            .WithWillTopic(options.Topics.Presence)
            .WithWillPayload(MessageBody.Encode(will).ToArray())
            .WithWillContentType(will.DataContentType)
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithWillRetain()
            .Build();
        made.WillUserProperties = WireMessage.Properties(will);
        return made;
    }

    /// <summary>The packets that cross: what is refused for its size must still be readable, or a retained one would end every connection.</summary>
    internal static int MaxPacketBytes(MqttLinkOptions options) => Math.Max(4 * options.MaxIncomingBytes, 4 << 20);

    internal static Message MakePresence(MqttLinkOptions options, bool online, TimeProvider time) => new()
    {
        Id = MessageIds.Next(),
        Source = MqttLink.ReplySource,
        Type = MessageTypes.Presence,
        Time = time.GetUtcNow(),
        Data = new Presence(options.Topics.Robot, online, options.Version),
    };
}
