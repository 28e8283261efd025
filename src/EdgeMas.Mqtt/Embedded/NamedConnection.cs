using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace EdgeMas.Mqtt.Embedded;

/// <summary>
/// Gives a client id to clients that bring none, as MQTT 3.1.1 lets them with a clean session (3.1.3.1) and mosquitto_pub does. MQTTnet's server does so for
/// MQTT 5 alone and sends all others away.
/// </summary>
internal sealed class NamedConnection(IMqttChannelAdapter connection) : IMqttChannelAdapter
{
    public long BytesReceived => connection.BytesReceived;

    public long BytesSent => connection.BytesSent;

    public X509Certificate2 ClientCertificate => connection.ClientCertificate;

    public EndPoint RemoteEndPoint => connection.RemoteEndPoint;

    public EndPoint LocalEndPoint => connection.LocalEndPoint;

    public bool IsSecureConnection => connection.IsSecureConnection;

    public MqttPacketFormatterAdapter PacketFormatterAdapter => connection.PacketFormatterAdapter;

    public Task ConnectAsync(CancellationToken cancellationToken) => connection.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => connection.DisconnectAsync(cancellationToken);

    public async Task<MqttPacket> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        var packet = await connection.ReceivePacketAsync(cancellationToken);
        if (packet is MqttConnectPacket { CleanSession: true, ClientId: null or "" } login && PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V311)
            login.ClientId = $"{login.Username}-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        return packet;
    }

    public void ResetStatistics() => connection.ResetStatistics();

    public Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken) => connection.SendPacketAsync(packet, cancellationToken);

    public void Dispose() => connection.Dispose();
}
