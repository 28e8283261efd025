using System.Device.Spi;

namespace EdgeMas.Devices.Chips;

/// <inheritdoc cref="ChipRegisters.On(SpiDevice, int)"/>
internal sealed class SpiChipRegisters(SpiDevice device, int mostHertz) : ChipRegisters
{
    private const byte ReadBit = 0x80;

    private readonly SpiDevice _device = SpiTransfers.Checked(device, mostHertz);

    protected override string Place => SpiTransfers.Place(_device);

    protected override string Advice => SpiTransfers.Advice;

    internal override void Read(byte register, Span<byte> values) => SpiTransfers.Read(_device, [(byte)(register | ReadBit)], values);

    /// <summary>Value by value, as Bosch's chips want it: there a second byte is the next register's number.</summary>
    internal override void Write(byte register, params ReadOnlySpan<byte> values)
    {
        for (var i = 0; i < values.Length; i++)
            SpiTransfers.Write(_device, [(byte)((register + i) & ~ReadBit)], values.Slice(i, 1));
    }

    public override void Dispose() => _device.Dispose();
}
