using System.Device.Spi;

namespace EdgeMas.Devices.Chips.Mcp23017;

/// <summary>Registers of an MCP23S17: an opcode with the chip's address, then the register's number, then values.</summary>
/// <remarks>Source: Microchip, MCP23S17 data sheet DS20001952, section 3.3.2 and figure 3-5.</remarks>
internal sealed class Mcp23S17Registers : ChipRegisters
{
    internal const int MostHertz = 10_000_000;

    private const byte Opcode = 0x40;
    private const byte ReadBit = 0x01;

    private readonly SpiDevice _device;
    private readonly byte _opcode;

    internal Mcp23S17Registers(SpiDevice device, int hardwareAddress)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hardwareAddress);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hardwareAddress, 7);
        _device = SpiTransfers.Checked(device, MostHertz);
        _opcode = (byte)(Opcode | (hardwareAddress << 1));
    }

    protected override string Place => $"{SpiTransfers.Place(_device)} address {(_opcode >> 1) & 7}";

    protected override string Advice => SpiTransfers.Advice;

    internal override void Read(byte register, Span<byte> values) => SpiTransfers.Read(_device, [(byte)(_opcode | ReadBit), register], values);

    internal override void Write(byte register, params ReadOnlySpan<byte> values) => SpiTransfers.Write(_device, [_opcode, register], values);

    /// <summary>To each chip at this select line that does not look at its address pins yet.</summary>
    internal void WriteToAll(byte register, byte value) => SpiTransfers.Write(_device, [Opcode, register], [value]);

    public override void Dispose() => _device.Dispose();
}
