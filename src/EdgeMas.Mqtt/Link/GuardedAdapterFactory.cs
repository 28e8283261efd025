using EdgeMas.Mqtt.Framing;
using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;

namespace EdgeMas.Mqtt.Link;

/// <summary>MQTTnet's TCP connection with every packet's size checked before it is read.</summary>
internal sealed class GuardedAdapterFactory(int maxPacketBytes, Action<int> tooLarge) : IMqttClientAdapterFactory
{
    public IMqttChannelAdapter CreateClientAdapter(MqttClientOptions options, MqttPacketInspector packetInspector, IMqttNetLogger logger)
    {
        var writer = new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax);
        var channel = new PacketSizeGuard(new MqttTcpChannel(options), maxPacketBytes, tooLarge);
        return new MqttChannelAdapter(channel, new MqttPacketFormatterAdapter(options.ProtocolVersion, writer), logger)
        {
            AllowPacketFragmentation = options.AllowPacketFragmentation,
            PacketInspector = packetInspector,
        };
    }
}
