using System.Device.Spi;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Devices.Tests.Chips;

/// <summary>An SPI device that notes each transfer as text: "74 57" sent two bytes, "F7 r8" one and eight more to read.</summary>
internal sealed class RecordedSpi(ISpiTarget chip, SpiMode mode = SpiMode.Mode0, int hertz = 1_000_000) : SpiDevice
{
    private readonly List<string> _transfers = [];

    public override SpiConnectionSettings ConnectionSettings { get; } = new(0, 1) { Mode = mode, ClockFrequency = hertz };

    internal bool Disposed { get; private set; }

    /// <summary>Bytes that address a register of the chip.</summary>
    internal int AddressBytes { get; init; } = 1;

    public override void Read(Span<byte> buffer) => throw new NotSupportedException("no register is named");

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _transfers.Add(Hex(buffer));
        chip.Transfer(buffer, new byte[buffer.Length]);
    }

    public override void TransferFullDuplex(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        Assert.Equal(writeBuffer.Length, readBuffer.Length);
        Assert.False(writeBuffer[AddressBytes..].ContainsAnyExcept<byte>(0));
        _transfers.Add($"{Hex(writeBuffer[..AddressBytes])} r{readBuffer.Length - AddressBytes}");
        chip.Transfer(writeBuffer, readBuffer);
    }

    /// <summary>What was noted since the last call.</summary>
    internal string[] Take()
    {
        string[] taken = [.. _transfers];
        _transfers.Clear();
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        Disposed = true;
        base.Dispose(disposing);
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => BitConverter.ToString(bytes.ToArray()).Replace('-', ' ');

    /// <summary>Nobody drives MISO: its pull does.</summary>
    internal sealed class Nobody(byte pulled) : ISpiTarget
    {
        public void Transfer(ReadOnlySpan<byte> sent, Span<byte> received) => received.Fill(pulled);
    }
}
