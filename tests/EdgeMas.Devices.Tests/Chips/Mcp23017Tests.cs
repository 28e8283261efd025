using EdgeMas.Devices.Chips.Mcp23017;
using EdgeMas.Devices.Errors;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Devices.Tests.Chips;

/// <summary>Registers from table 3-3 of the data sheet (DS20001952).</summary>
public sealed class Mcp23017Tests
{
    private readonly PlainRegisters _chip = new PlainRegisters().With(0x00, 0xFF, 0xFF); // all inputs, as after power-on
    private readonly RecordedI2c _bus;

    public Mcp23017Tests() => _bus = new RecordedI2c(Mcp23017.DefaultAddress, _chip);

    [Fact]
    public void Set_up_leaves_the_banked_mode_and_sets_the_levels_before_the_directions()
    {
        using var driver = Driver();

        Assert.Equal(["w 05 00", "w 0A 00", "w 14 01 80", "w 0C 00 0F", "w 00 00 0F", "w 00 r2"], _bus.Take());
    }

    [Fact]
    public void A_write_changes_the_outputs_of_the_mask_and_no_other_in_one_transfer()
    {
        using var driver = Driver();
        _bus.Take();

        driver.Write(0b0110, mask: 0b0011);

        Assert.Equal(["w 00 r2", "w 14 02 80"], _bus.Take()); // bit 2 is outside the mask, bit 15 stays
    }

    [Fact]
    public void Both_ports_are_read_in_one_transfer()
    {
        using var driver = Driver();
        _chip.With(0x12, 0x34, 0x12);

        Assert.Equal(0x1234, driver.Read());
    }

    [Fact]
    public void After_a_dip_of_its_supply_it_is_set_up_again_with_the_last_levels()
    {
        using var driver = Driver();
        driver.Write(0b10, mask: 0b11);
        _chip.With(0x00, 0xFF, 0xFF);
        _chip.With(0x14, 0, 0);
        _bus.Take();

        driver.Read();

        Assert.Equal(["w 00 r2", "w 05 00", "w 0A 00", "w 14 02 80", "w 0C 00 0F", "w 00 00 0F", "w 00 r2", "w 12 r2"], _bus.Take());
    }

    [Fact]
    public void A_chip_that_keeps_nothing_is_refused() =>
        Assert.Contains("it is no MCP23017", Assert.Throws<DeviceException>(() => new Mcp23017(new RecordedI2c(0x20, new Deaf()), inputs: 0x0F00)).Message, StringComparison.Ordinal);

    private Mcp23017 Driver() => new(_bus, inputs: 0x0F00, pullUps: 0x0F00, initial: 0x8001);

    private sealed class Deaf : RegisterChip
    {
        protected override void OnWrite(byte register, byte value)
        {
        }
    }
}
