using EdgeMas.Devices.Chips.Ina226;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Tests.Chips;

/// <summary>The data sheet's worked example (SBOS547, section 7.5.2): 10 A through 2 mΩ at 12 V, 1 mA a step.</summary>
public sealed class Ina226Tests
{
    private readonly PlainWords _chip = new();
    private readonly RecordedI2c _bus;

    public Ina226Tests()
    {
        _bus = new RecordedI2c(Ina226.DefaultAddress, _chip);
        (_chip.Words[0xFE], _chip.Words[0xFF]) = (0x5449, 0x2260);
    }

    [Fact]
    public void Set_up_asks_who_it_is_and_writes_the_data_sheets_calibration()
    {
        using var driver = Driver();

        Assert.Equal(["w FE r2", "w FF r2", "w 00 45 27", "w 05 0A 00"], _bus.Take());
    }

    [Fact]
    public void The_data_sheets_registers_are_the_data_sheets_volts_amperes_and_watts()
    {
        using var driver = Driver();
        (_chip.Words[1], _chip.Words[2], _chip.Words[3], _chip.Words[4]) = (0x1F40, 0x2570, 0x12B8, 0x2710);

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
    public void A_chip_that_forgot_its_calibration_is_set_up_again()
    {
        using var driver = Driver();
        _chip.Words[5] = 0;
        _bus.Take();

        driver.Read();

        Assert.Equal(["w 05 r2", "w 00 45 27", "w 05 0A 00", "w 01 r2", "w 06 r2", "w 02 r2", "w 04 r2", "w 03 r2"], _bus.Take());
    }

    [Theory]
    [InlineData(0x7FFF, 0)] // the amplifier clips
    [InlineData(0x8000, 0)]
    [InlineData(0x1000, 0x0004)] // the arithmetic overflowed
    public void A_current_out_of_range_is_an_error_that_names_the_range(int shunt, int mask)
    {
        using var driver = Driver();
        (_chip.Words[1], _chip.Words[6]) = ((ushort)shunt, (ushort)mask);

        Assert.Contains("range of 32.8 A", Assert.Throws<DeviceException>(() => driver.Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_chip_at_the_address_is_refused()
    {
        _chip.Words[0xFE] = 0x399F; // an INA219 answers any register with one of its own

        Assert.Contains("it is no INA226", Assert.Throws<DeviceException>(Driver).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.1, 0.9)]
    [InlineData(0.0, 1.0)]
    [InlineData(0.1, -1.0)]
    [InlineData(0.0001, 0.001)]
    [InlineData(0.1, double.NaN)]
    public void A_shunt_that_cannot_carry_the_current_is_refused(double ohms, double amperes) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ina226(_bus, ohms, amperes));

    private Ina226 Driver() => new(_bus, shuntOhms: 0.002, maxAmperes: 32.768);
}
