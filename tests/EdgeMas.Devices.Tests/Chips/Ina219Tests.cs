using EdgeMas.Devices.Chips.Ina219;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Tests.Chips;

/// <summary>The data sheet's worked example (SBOS448G, section 8.5.3): 10 A through 2 mΩ at 12 V, 1 mA a step.</summary>
public sealed class Ina219Tests
{
    private readonly PlainWords _chip = new();
    private readonly RecordedI2c _bus;

    public Ina219Tests() => _bus = new RecordedI2c(Ina219.DefaultAddress, _chip);

    [Fact]
    public void Set_up_writes_the_data_sheets_calibration()
    {
        using var driver = Driver();

        // 32 V, ±80 mV, averages of 16, both continuously; calibration 5000h.
        Assert.Equal(["w 00 2E 67", "w 05 50 00"], _bus.Take());
    }

    [Fact]
    public void The_data_sheets_registers_are_the_data_sheets_volts_amperes_and_watts()
    {
        using var driver = Driver();
        _chip.Words[2] = 0x5D98;
        _chip.Words[3] = 0x1766;
        _chip.Words[4] = 0x2710;

        var reading = driver.Read();

        Assert.Equal(11.98, reading.BusVolts, 1e-9);
        Assert.Equal(10.0, reading.Amperes, 1e-9);
        Assert.Equal(119.8, reading.Watts, 1e-9);
    }

    [Fact]
    public void A_battery_that_is_charged_has_a_negative_current()
    {
        using var driver = Driver();
        _chip.Words[4] = unchecked((ushort)-1500);

        Assert.Equal(-1.5, driver.Read().Amperes, 1e-9);
    }

    [Fact]
    public void A_chip_that_forgot_its_calibration_in_a_dip_of_its_supply_is_set_up_again()
    {
        using var driver = Driver();
        _chip.Words[5] = 0;
        _bus.Take();

        driver.Read();

        Assert.Equal(["w 05 r2", "w 00 2E 67", "w 05 50 00", "w 02 r2", "w 04 r2", "w 03 r2"], _bus.Take());
    }

    [Theory]
    [InlineData(0x5D99, 0x1000)] // the overflow flag
    [InlineData(0x5D98, 0x7FFE)] // the amplifier clips, and no flag says so
    [InlineData(0x5D98, 0x8002)]
    public void A_current_out_of_range_is_an_error_that_names_the_range(int bus, int current)
    {
        using var driver = Driver();
        (_chip.Words[2], _chip.Words[4]) = ((ushort)bus, (ushort)current);

        Assert.Contains("range of 32.8 A", Assert.Throws<DeviceException>(() => driver.Read()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.1, 4.0)]
    [InlineData(0.0, 1.0)]
    [InlineData(0.1, -1.0)]
    public void A_shunt_that_cannot_carry_the_current_is_refused(double ohms, double amperes) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ina219(_bus, ohms, amperes));

    private Ina219 Driver() => new(_bus, shuntOhms: 0.002, maxAmperes: 32.768);
}
