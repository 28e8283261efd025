using EdgeMas.Devices.Can;

namespace EdgeMas.Devices.Tests.Can;

public sealed class CanFrameTests
{
    [Fact]
    public void A_frame_keeps_its_identifier_and_its_bytes()
    {
        var frame = new CanFrame(0x123, [0xDE, 0xAD, 0xBE]);
        Span<byte> bytes = stackalloc byte[8];

        frame.CopyTo(bytes);

        Assert.Equal((0x123u, 3, false, false), (frame.Id, frame.Length, frame.IsExtended, frame.IsRequest));
        Assert.Equal([0xDE, 0xAD, 0xBE, 0, 0, 0, 0, 0], bytes.ToArray());
        Assert.Equal("123#DEADBE", frame.ToString());
    }

    [Fact]
    public void A_request_asks_and_a_long_identifier_is_written_long()
    {
        Assert.Equal("00000012#R", CanFrame.Request(0x12, 4, extended: true).ToString());
        Assert.Equal(4, CanFrame.Request(0x12, 4).Length);
    }

    [Theory]
    [InlineData(0x800u, false, 0)]
    [InlineData(0x2000_0000u, true, 0)]
    [InlineData(0x123u, false, 9)]
    public void What_is_no_frame_of_classic_can_is_refused(uint id, bool extended, int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CanFrame(id, new byte[length], extended));
}
