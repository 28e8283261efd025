using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using CsCheck;
using EdgeMas.Mqtt.Framing;
using MQTTnet.Channel;
using MQTTnet.Exceptions;

namespace EdgeMas.Mqtt.Tests.Framing;

public sealed class PacketSizeGuardTests
{
    [Fact]
    public void Packets_within_the_limit_pass_however_they_are_cut_up() =>
        Gen.Select(Gen.Int[0, 300].Array[1, 10], Gen.Int[1, 50].Array[1, 20]).Sample((lengths, cuts) =>
        {
            var bytes = lengths.SelectMany(Packet).ToArray();
            Assert.Equal(bytes.Length, Pass(bytes, cuts, limit: 303));
        });

    [Fact]
    public void The_first_packet_over_the_limit_ends_the_reading() =>
        Gen.Select(Gen.Int[0, 97].Array[0, 5], Gen.Int[99, 300_000], Gen.Int[1, 50].Array[1, 20]).Sample((lengths, tooLong, cuts) =>
        {
            var bytes = lengths.SelectMany(Packet).Concat(Packet(tooLong).Take(5)).ToArray();
            Assert.Throws<MqttProtocolViolationException>(() => Pass(bytes, cuts, limit: 100));
        });

    [Fact]
    public void A_length_that_never_ends_is_no_way_around_the_limit() =>
        Assert.Throws<MqttProtocolViolationException>(() => Pass([0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [6], limit: 1_000));

    private static int Pass(byte[] bytes, int[] cuts, int limit)
    {
        using var guard = new PacketSizeGuard(new BytesChannel(bytes), limit, _ => { });
        var buffer = new byte[64];
        var total = 0;
        for (var i = 0; total < bytes.Length; i++)
            total += guard.ReadAsync(buffer, 0, cuts[i % cuts.Length], CancellationToken.None).GetAwaiter().GetResult();
        return total;
    }

    private static byte[] Packet(int length)
    {
        var bytes = new List<byte> { 0x30 };
        var rest = length;
        do
        {
            bytes.Add((byte)((rest & 0x7F) | (rest > 0x7F ? 0x80 : 0)));
            rest >>= 7;
        }
        while (rest > 0);
        return [.. bytes, .. new byte[length]];
    }

    private sealed class BytesChannel(byte[] bytes) : IMqttChannel
    {
        private readonly MemoryStream _bytes = new(bytes);

        public EndPoint RemoteEndPoint => new IPEndPoint(IPAddress.Loopback, 1);

        public EndPoint LocalEndPoint => new IPEndPoint(IPAddress.Loopback, 2);

        public bool IsSecureConnection => false;

        public X509Certificate2 ClientCertificate => null!;

        public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task DisconnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(_bytes.Read(buffer, offset, count));

        public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => _bytes.Dispose();
    }
}
