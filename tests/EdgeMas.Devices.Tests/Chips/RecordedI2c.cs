using System.Device.I2c;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Devices.Tests.Chips;

/// <summary>An I2C device that notes each transfer as text: "w 00 20" wrote two bytes, "w 3B r6" wrote one and read six.</summary>
internal sealed class RecordedI2c(int address, II2cTarget chip) : I2cDevice
{
    internal List<string> Transfers { get; } = [];

    internal bool Disposed { get; private set; }

    public override I2cConnectionSettings ConnectionSettings { get; } = new(1, address);

    public override void Read(Span<byte> buffer)
    {
        Transfers.Add($"r{buffer.Length}");
        chip.Read(buffer);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Transfers.Add($"w {Hex(buffer)}");
        chip.Write(buffer);
    }

    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        Transfers.Add($"w {Hex(writeBuffer)} r{readBuffer.Length}");
        chip.Write(writeBuffer);
        chip.Read(readBuffer);
    }

    /// <summary>What was noted since the last call.</summary>
    internal string[] Take()
    {
        string[] taken = [.. Transfers];
        Transfers.Clear();
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        Disposed = true;
        base.Dispose(disposing);
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => BitConverter.ToString(bytes.ToArray()).Replace('-', ' ');
}
