using System.Device.I2c;

namespace EdgeMas.Devices.Chips;

/// <inheritdoc cref="ChipRegisters.On(I2cDevice)"/>
internal sealed class I2cChipRegisters(I2cDevice device) : ChipRegisters
{
    private const int MostValues = 15;

    protected override string Place => $"i2c-{device.ConnectionSettings.BusId} address 0x{device.ConnectionSettings.DeviceAddress:x2}";

    protected override string Advice => "check the address pins, and which chip the board really carries";

    internal override void Read(byte register, Span<byte> values) => device.WriteRead([register], values);

    internal override void Write(byte register, params ReadOnlySpan<byte> values)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(values.Length, MostValues);
        Span<byte> bytes = stackalloc byte[1 + values.Length];
        bytes[0] = register;
        values.CopyTo(bytes[1..]);
        device.Write(bytes);
    }

    public override void Dispose() => device.Dispose();
}
