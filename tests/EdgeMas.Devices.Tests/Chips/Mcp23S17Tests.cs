using EdgeMas.Devices.Chips.Mcp23017;
using EdgeMas.Devices.Errors;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Devices.Tests.Chips;

/// <summary>Data sheet DS20001952, section 3.3.2: opcode 0100 A2 A1 A0 R/W, register, values; the address pins count only once IOCON.HAEN is set.</summary>
public sealed class Mcp23S17Tests
{
    private readonly Chip _chip = new(address: 5);
    private readonly RecordedSpi _bus;

    public Mcp23S17Tests() => _bus = new RecordedSpi(_chip) { AddressBytes = 2 };

    [Fact]
    public void Set_up_lets_every_chip_at_the_line_look_at_its_address_and_sets_levels_before_directions()
    {
        using var driver = Driver();

        Assert.Equal(
            ["4A 05 00", "40 05 00", "40 0A 08", "4A 0A 08", "4A 14 01 80", "4A 0C 00 0F", "4A 00 00 0F", "4B 0A r1", "4B 00 r2"],
            _bus.Take());
    }

    [Fact]
    public void Pins_are_read_and_written_at_the_chips_address()
    {
        using var driver = Driver();
        _chip[0x12] = 0x34;
        _chip[0x13] = 0x12;
        _bus.Take();

        Assert.Equal(0x1234, driver.Read());
        driver.Write(0b0110, mask: 0b0011);

        Assert.Equal(["4B 00 r2", "4B 0A r1", "4B 12 r2", "4B 00 r2", "4B 0A r1", "4A 14 02 80"], _bus.Take());
    }

    [Fact]
    public void Two_chips_at_one_select_line_do_not_hear_each_other()
    {
        var other = new Chip(address: 2);
        var line = new Line(_chip, other);
        using var first = new Mcp23017(new RecordedSpi(line) { AddressBytes = 2 }, inputs: 0, initial: 0x00FF, hardwareAddress: 5);
        using var second = new Mcp23017(new RecordedSpi(line) { AddressBytes = 2 }, inputs: 0, initial: 0xFF00, hardwareAddress: 2);

        first.Write(0x0001, mask: 0x00FF);

        Assert.Equal((0x01, 0x00, 0x00, 0xFF), (_chip[0x14], _chip[0x15], other[0x14], other[0x15]));
    }

    [Fact]
    public void After_a_dip_of_its_supply_it_is_set_up_again_with_the_last_levels()
    {
        using var driver = Driver();
        driver.Write(0b10, mask: 0b11);
        _chip.PowerUp();

        driver.Read();

        Assert.Equal((0x02, 0x80, 0x00, 0x0F), (_chip[0x14], _chip[0x15], _chip[0x00], _chip[0x01]));
    }

    [Theory]
    [InlineData(0x00, 0x0000)]
    [InlineData(0xFF, 0xFFFF)] // as all inputs read
    public void A_chip_that_is_missing_is_told_whatever_the_directions_are(byte pulled, ushort inputs)
    {
        var error = Assert.Throws<DeviceException>(() => new Mcp23017(new RecordedSpi(new RecordedSpi.Nobody(pulled)) { AddressBytes = 2 }, inputs, hardwareAddress: 3));

        Assert.Contains($"spi0.1 address 3: cannot be used: it is no MCP23S17, or none answers: its control is 0x{pulled:x2} where 0x08 was written", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_beyond_its_pins_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Mcp23017(_bus, inputs: 0, hardwareAddress: 8));

    private Mcp23017 Driver() => new(_bus, inputs: 0x0F00, pullUps: 0x0F00, initial: 0x8001, hardwareAddress: 5);

    /// <summary>Deaf to its address pins until HAEN is set; silent to other chips' opcodes.</summary>
    private sealed class Chip : ISpiTarget
    {
        private readonly byte[] _registers = new byte[0x16];
        private readonly int _address;

        internal Chip(int address)
        {
            _address = address;
            PowerUp();
        }

        internal byte this[int register] { get => _registers[register]; set => _registers[register] = value; }

        internal void PowerUp()
        {
            Array.Clear(_registers);
            (_registers[0], _registers[1]) = (0xFF, 0xFF);
        }

        public void Transfer(ReadOnlySpan<byte> sent, Span<byte> received)
        {
            var address = (_registers[0x0A] & 0x08) != 0 ? _address : 0;
            if (sent.Length < 2 || sent[0] >> 1 != (0x40 >> 1 | address))
                return;
            for (var i = 2; i < sent.Length; i++)
            {
                var register = sent[1] + i - 2;
                if ((sent[0] & 1) != 0)
                    received[i] = _registers[register];
                else
                    _registers[register] = sent[i];
            }
        }
    }

    private sealed class Line(params Chip[] chips) : ISpiTarget
    {
        public void Transfer(ReadOnlySpan<byte> sent, Span<byte> received)
        {
            received.Clear();
            foreach (var chip in chips)
                chip.Transfer(sent, received);
        }
    }
}
