using System.Buffers.Binary;
using System.Device.I2c;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Chips;

/// <summary>The registers of an I2C chip: one byte of register number, then the values. Allocates nothing.</summary>
internal static class I2cRegisters
{
    internal static byte ReadRegister(this I2cDevice device, byte register)
    {
        Span<byte> value = stackalloc byte[1];
        device.WriteRead([register], value);
        return value[0];
    }

    internal static ushort ReadBigEndian(this I2cDevice device, byte register)
    {
        Span<byte> value = stackalloc byte[2];
        device.WriteRead([register], value);
        return BinaryPrimitives.ReadUInt16BigEndian(value);
    }

    internal static void WriteRegister(this I2cDevice device, byte register, byte value) => device.Write([register, value]);

    internal static void WriteBigEndian(this I2cDevice device, byte register, ushort value) => device.Write([register, (byte)(value >> 8), (byte)value]);

    /// <exception cref="DeviceException">Another chip answers at the address.</exception>
    internal static void Identify(this I2cDevice device, string chip, byte register, params ReadOnlySpan<byte> expected)
    {
        var found = device.ReadRegister(register);
        if (!expected.Contains(found))
            throw device.Fail("be used", $"it is no {chip}: its identity is 0x{found:x2}, not 0x{expected[0]:x2}. Check the address pins, and which chip the board really carries");
    }

    internal static DeviceException Fail(this I2cDevice device, string action, string reason) =>
        new($"i2c-{device.ConnectionSettings.BusId} address 0x{device.ConnectionSettings.DeviceAddress:x2}", action, reason);
}
