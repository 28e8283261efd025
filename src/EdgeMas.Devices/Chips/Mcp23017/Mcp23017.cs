using System.Buffers.Binary;
using System.Device.I2c;
using System.Device.Spi;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Gpio;

namespace EdgeMas.Devices.Chips.Mcp23017;

/// <summary>
/// Microchip MCP23017 on I2C, or MCP23S17 on SPI: sixteen more pins. Bit 0 to 7 are GPA0 to 7, bit 8 to 15 GPB0 to 7. Its outputs may stand where a chip's driver wants
/// <see cref="IOutputLines"/>, such as an H-bridge's. Reading and writing allocate nothing. One thread at a time.
/// </summary>
/// <remarks>Source: Microchip, MCP23017/MCP23S17 data sheet DS20001952, table 3-3 (IOCON.BANK = 0), section 3.3.2 (SPI).</remarks>
public sealed class Mcp23017 : IOutputLines
{
    public const int DefaultAddress = 0x20;

    /// <summary>Of an MCP23S17's clock.</summary>
    public const int MostSpiHertz = Mcp23S17Registers.MostHertz;

    private const byte Direction = 0x00;
    private const byte BankedControl = 0x05; // IOCON where a program before set BANK; else an interrupt register that is 0 anyway
    private const byte PullUp = 0x0C;
    private const byte Control = 0x0A;
    private const byte Level = 0x12;
    private const byte Latch = 0x14;
    private const byte AddressPins = 0x08; // IOCON.HAEN

    private readonly ChipRegisters _registers;
    private readonly ushort _inputs;
    private readonly ushort _pullUps;
    private ushort _latch;

    /// <param name="device">Disposed with this object.</param>
    /// <param name="inputs">A set bit makes the pin an input, as it is after power-on. GPA7 and GPB7 should be outputs only (data sheet, rev. D).</param>
    /// <param name="pullUps">100 kΩ to the supply, for inputs.</param>
    /// <param name="initial">Levels of the outputs from the first moment on.</param>
    /// <exception cref="DeviceException">The chip does not answer, or does not keep what is written.</exception>
    public Mcp23017(I2cDevice device, ushort inputs, ushort pullUps = 0, ushort initial = 0)
        : this(ChipRegisters.On(device), inputs, pullUps, initial)
    {
    }

    /// <summary>An MCP23S17. Several can share a select line, each with its own address on the pins A0 to A2.</summary>
    /// <param name="device">In mode 0 or 3, its clock at most <see cref="MostSpiHertz"/>. Disposed with this object.</param>
    /// <param name="inputs">As on I2C, as are <paramref name="pullUps"/> and <paramref name="initial"/>.</param>
    /// <param name="hardwareAddress">0 to 7: its pins A2, A1, A0.</param>
    /// <exception cref="DeviceException">Nothing answers, or the chip does not keep what is written.</exception>
    /// <exception cref="ArgumentException">The device is set up otherwise.</exception>
    public Mcp23017(SpiDevice device, ushort inputs, ushort pullUps = 0, ushort initial = 0, int hardwareAddress = 0)
        : this(new Mcp23S17Registers(device, hardwareAddress), inputs, pullUps, initial)
    {
    }

    private Mcp23017(ChipRegisters registers, ushort inputs, ushort pullUps, ushort initial)
    {
        _registers = registers;
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

    public void Dispose() => _registers.Dispose();

    /// <summary>After a dip of its supply every pin is an input, and what hangs on it floats: the directions are looked at each time.</summary>
    private void Restore()
    {
        if (ReadPair(Direction) != _inputs || !HasKeptControl)
            SetUp();
    }

    /// <summary>On SPI a chip that is missing reads as the ones or zeros that somebody may want of the directions, and never as this.</summary>
    private bool HasKeptControl => _registers is not Mcp23S17Registers || _registers.Read(Control) == AddressPins;

    private void SetUp()
    {
        if (_registers is Mcp23S17Registers spi)
        {
            spi.Write(BankedControl, 0);
            spi.WriteToAll(BankedControl, 0); // after power-on every chip takes itself for address 0
            spi.WriteToAll(Control, AddressPins);
            spi.Write(Control, AddressPins); // early chips with A2 high look at that pin nevertheless (Microchip's errata to the MCP23S17)
        }
        else
        {
            _registers.Write(BankedControl, 0);
            _registers.Write(Control, 0);
        }
        WritePair(Latch, _latch); // before the directions: no output shows another level first
        WritePair(PullUp, _pullUps);
        WritePair(Direction, _inputs);
        if (!HasKeptControl)
            throw _registers.Fail("be used", $"it is no MCP23S17, or none answers: its control is 0x{_registers.Read(Control):x2} where 0x{AddressPins:x2} was written. {SpiTransfers.Advice}");
        if (ReadPair(Direction) is var kept && kept != _inputs)
            throw _registers.Fail("be used", $"it is no MCP23017: it keeps 0x{kept:x4} where 0x{_inputs:x4} was written");
    }

    private ushort ReadPair(byte register)
    {
        Span<byte> pair = stackalloc byte[2];
        _registers.Read(register, pair);
        return BinaryPrimitives.ReadUInt16LittleEndian(pair);
    }

    private void WritePair(byte register, ushort value) => _registers.Write(register, (byte)value, (byte)(value >> 8));
}
