using System.Buffers.Binary;
using System.Device.I2c;
using System.Device.Spi;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Chips;

/// <summary>The registers of a chip that speaks on more than one kind of bus. Allocates nothing. One thread at a time.</summary>
internal abstract class ChipRegisters : IDisposable
{
    /// <summary>The chip as errors name it: <c>i2c-1 address 0x76</c>, <c>spi0.0</c>.</summary>
    protected abstract string Place { get; }

    /// <summary>What to look at where nothing answers.</summary>
    protected abstract string Advice { get; }

    /// <summary>One byte of register number, then the values.</summary>
    internal static ChipRegisters On(I2cDevice device) => new I2cChipRegisters(device);

    /// <summary>Seven bits of register number whose eighth is set to read: Bosch's and InvenSense's way.</summary>
    /// <param name="mostHertz">Of the chip's clock.</param>
    /// <exception cref="ArgumentException">The device is set up otherwise than the chip can.</exception>
    internal static ChipRegisters On(SpiDevice device, int mostHertz) => new SpiChipRegisters(device, mostHertz);

    /// <summary>Reads from a register on, in one transfer.</summary>
    internal abstract void Read(byte register, Span<byte> values);

    /// <summary>Writes from a register on, in one transfer where the bus can.</summary>
    internal abstract void Write(byte register, params ReadOnlySpan<byte> values);

    internal byte Read(byte register)
    {
        Span<byte> value = stackalloc byte[1];
        Read(register, value);
        return value[0];
    }

    internal void WriteBigEndian(byte register, ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        Write(register, bytes);
    }

    /// <exception cref="DeviceException">Another chip answers, or none.</exception>
    internal void Identify(string chip, byte register, byte expected)
    {
        var found = Read(register);
        if (found != expected)
            throw Fail("be used", $"it is no {chip}: its identity is 0x{found:x2}, not 0x{expected:x2}. {(found is 0x00 or 0xFF ? $"Where nothing answers: {Advice}" : "Check the address pins, and which chip the board really carries")}");
    }

    internal DeviceException Fail(string action, string reason) => new(Place, action, reason);

    public abstract void Dispose();
}
