using System.Security.Cryptography.X509Certificates;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using MQTTnet;
using MQTTnet.Formatter;
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
        var endpoint = options.Endpoint;
        var builder = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer(endpoint.Host, endpoint.Port)
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
            .WithWillRetain();
        if (endpoint.UserName is not null)
            builder.WithCredentials(endpoint.UserName, endpoint.Password ?? "");
        if (endpoint.Tls)
            builder.WithTlsOptions(tls => ConfigureTls(tls, endpoint.Host, endpoint.CertificateAuthorityFile));
        var made = builder.Build();
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

    private static void ConfigureTls(MqttClientTlsOptionsBuilder tls, string host, string? authority)
    {
        // Revocation lists are on the internet, where a robot may not be.
        tls.UseTls().WithTargetHost(host).WithRevocationMode(X509RevocationMode.NoCheck);
        if (authority is null)
            return;
        if (!File.Exists(authority))
            throw new FileNotFoundException($"the signing authority's file {authority} is missing: correct ?ca=FILE in the broker's URL", authority);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(authority);
        tls.WithTrustChain(chain);
    }
}
