using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;
using MQTTnet.Exceptions;

namespace EdgeMas.Mqtt.Framing;

/// <summary>
/// Reads along with a connection and ends it at a packet whose announced length is over the limit. MQTTnet itself allocates whatever length a client
/// announces, up to 256 MB. Source of the framing: MQTT 5.0, sections 1.5.5 and 2.1.
/// </summary>
/// <remarks>Reading is one thread's at a time, as in the channel below; nothing here allocates.</remarks>
internal sealed class PacketSizeGuard(IMqttChannel inner, int maxPacketBytes, Action<int> tooLarge) : IMqttChannel
{
    private enum Part
    {
        Type,
        Length,
        Body,
    }

    private const int MaxLengthBytes = 4;

    private Part _part;
    private int _length;
    private int _lengthBytes;
    private int _bodyLeft;

    public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public EndPoint LocalEndPoint => inner.LocalEndPoint;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public X509Certificate2 ClientCertificate => inner.ClientCertificate;

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, isEndOfPacket, cancellationToken);

    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        var read = await inner.ReadAsync(buffer, offset, count, cancellationToken);
        Follow(buffer.AsSpan(offset, read));
        return read;
    }

    public void Dispose() => inner.Dispose();

    private void Follow(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_part == Part.Body)
            {
                var taken = Math.Min(bytes.Length, _bodyLeft);
                _bodyLeft -= taken;
                bytes = bytes[taken..];
                if (_bodyLeft == 0)
                    _part = Part.Type;
                continue;
            }
            if (_part == Part.Type)
                (_part, _length, _lengthBytes) = (Part.Length, 0, 0);
            else
                FollowLength(bytes[0]);
            bytes = bytes[1..];
        }
    }

    private void FollowLength(byte part)
    {
        _length |= (part & 0x7F) << (7 * _lengthBytes++);
        if (1 + _lengthBytes + _length > maxPacketBytes)
        {
            tooLarge(_length);
            throw new MqttProtocolViolationException($"a packet of {_length:N0} bytes or more: at most {maxPacketBytes:N0} are taken");
        }
        if ((part & 0x80) != 0 && _lengthBytes < MaxLengthBytes)
            return;
        _bodyLeft = _length;
        _part = _length == 0 ? Part.Type : Part.Body;
    }
}
