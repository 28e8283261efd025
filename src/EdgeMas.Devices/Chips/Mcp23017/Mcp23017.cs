using System.Buffers.Binary;
using System.Device.I2c;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Gpio;

namespace EdgeMas.Devices.Chips.Mcp23017;

/// <summary>
/// Microchip MCP23017: sixteen more pins on I2C. Bit 0 to 7 are GPA0 to 7, bit 8 to 15 GPB0 to 7. Its outputs may stand where a chip's driver wants
/// <see cref="IOutputLines"/>, such as an H-bridge's. Reading and writing allocate nothing. One thread at a time.
/// </summary>
/// <remarks>Source: Microchip, MCP23017 data sheet DS20001952, table 3-3 (IOCON.BANK = 0).</remarks>
public sealed class Mcp23017 : IOutputLines
{
    public const int DefaultAddress = 0x20;

    private const byte Direction = 0x00;
    private const byte BankedControl = 0x05; // IOCON where a program before set BANK; else an interrupt register that is 0 anyway
    private const byte PullUp = 0x0C;
    private const byte Control = 0x0A;
    private const byte Level = 0x12;
    private const byte Latch = 0x14;

    private readonly I2cDevice _device;
    private readonly ushort _inputs;
    private readonly ushort _pullUps;
    private ushort _latch;

    /// <param name="device">Disposed with this object.</param>
    /// <param name="inputs">A set bit makes the pin an input, as it is after power-on. GPA7 and GPB7 should be outputs only (data sheet, rev. D).</param>
    /// <param name="pullUps">100 kΩ to the supply, for inputs.</param>
    /// <param name="initial">Levels of the outputs from the first moment on.</param>
    /// <exception cref="DeviceException">The chip does not answer, or does not keep what is written.</exception>
    public Mcp23017(I2cDevice device, ushort inputs, ushort pullUps = 0, ushort initial = 0)
    {
        _device = device;
        (_inputs, _pullUps, _latch) = (inputs, pullUps, initial);
        SetUp();
    }

    public int Count => 16;

    /// <summary>Levels on all pins.</summary>
    /// <exception cref="DeviceException">The chip does not answer.</exception>
    public ushort Read()
    {
        Restore();
        return ReadPair(Level);
    }

    /// <summary>Sets the outputs whose bit is in the mask, at once.</summary>
    public void Write(ulong bits, ulong mask)
    {
        _latch = (ushort)((_latch & ~mask) | (bits & mask));
        Restore();
        WritePair(Latch, _latch);
    }

    public void Dispose() => _device.Dispose();

    /// <summary>After a dip of its supply every pin is an input, and what hangs on it floats: the directions are looked at each time.</summary>
    private void Restore()
    {
        if (ReadPair(Direction) != _inputs)
            SetUp();
    }

    private void SetUp()
    {
        _device.WriteRegister(BankedControl, 0);
        _device.WriteRegister(Control, 0);
        WritePair(Latch, _latch); // before the directions: no output shows another level first
        WritePair(PullUp, _pullUps);
        WritePair(Direction, _inputs);
        if (ReadPair(Direction) is var kept && kept != _inputs)
            throw _device.Fail("be used", $"it is no MCP23017: it keeps 0x{kept:x4} where 0x{_inputs:x4} was written");
    }

    private ushort ReadPair(byte register)
    {
        Span<byte> pair = stackalloc byte[2];
        _device.WriteRead([register], pair);
        return BinaryPrimitives.ReadUInt16LittleEndian(pair);
    }

    private void WritePair(byte register, ushort value) => _device.Write([register, (byte)value, (byte)(value >> 8)]);
}
