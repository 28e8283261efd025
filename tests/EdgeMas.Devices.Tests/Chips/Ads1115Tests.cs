using EdgeMas.Devices.Chips.Ads1115;
using EdgeMas.Devices.Errors;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Devices.Tests.Chips;

/// <summary>Codes and volts from the data sheet (SBAS444, tables on full-scale range and output codes).</summary>
public sealed class Ads1115Tests
{
    private readonly Converter _chip = new();
    private readonly RecordedI2c _bus;

    public Ads1115Tests() => _bus = new RecordedI2c(Ads1115.DefaultAddress, _chip);

    [Fact]
    public void A_reading_begins_one_conversion_waits_for_its_end_and_takes_it()
    {
        using var driver = new Ads1115(_bus, samplesPerSecond: 128);
        _bus.Take();

        driver.ReadVolts(Ads1115Input.A0);

        Assert.Equal(["w 01 C3 83", "w 01 r2", "w 00 r2"], _bus.Take()); // A0 to ground, ±4.096 V, single, 128 a second, no comparator
    }

    [Theory]
    [InlineData(Ads1115Range.Volts6144, 1, 187.5e-6)]
    [InlineData(Ads1115Range.Volts4096, 1, 125e-6)]
    [InlineData(Ads1115Range.Volts2048, 1, 62.5e-6)]
    [InlineData(Ads1115Range.Volts1024, 1, 31.25e-6)]
    [InlineData(Ads1115Range.Volts0512, 1, 15.625e-6)]
    [InlineData(Ads1115Range.Volts0256, 1, 7.8125e-6)]
    [InlineData(Ads1115Range.Volts4096, 0x4000, 2.048)]
    [InlineData(Ads1115Range.Volts4096, -0x4000, -2.048)]
    public void A_code_is_as_many_volts_as_the_range_says(Ads1115Range range, int code, double volts)
    {
        using var driver = new Ads1115(_bus, 860);
        _chip.Code = unchecked((ushort)code);

        Assert.Equal(volts, driver.ReadVolts(Ads1115Input.A2MinusA3, range), 1e-12);
    }

    [Theory]
    [InlineData(0x7FFF)]
    [InlineData(0x8000)]
    public void A_voltage_at_the_end_of_the_range_is_an_error_that_names_the_input(int code)
    {
        using var driver = new Ads1115(_bus, 860);
        _chip.Code = (ushort)code;

        Assert.Contains("A3 is beyond ±2.048 V", Assert.Throws<DeviceException>(() => driver.ReadVolts(Ads1115Input.A3, Ads1115Range.Volts2048)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_conversion_that_never_ends_is_an_error()
    {
        using var driver = new Ads1115(_bus, 860);
        _chip.Hangs = true;

        Assert.Contains("does not end", Assert.Throws<DeviceException>(() => driver.ReadVolts(Ads1115Input.A0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chip_that_keeps_nothing_is_refused()
    {
        _chip.Deaf = true;

        Assert.Contains("it is no ADS1115", Assert.Throws<DeviceException>(() => new Ads1115(_bus)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_input_or_range_that_is_not_there_is_refused()
    {
        Assert.Contains("8, 16, 32", Assert.Throws<ArgumentOutOfRangeException>(() => new Ads1115(_bus, 100)).Message, StringComparison.Ordinal);
        using var driver = new Ads1115(_bus);
        Assert.Throws<ArgumentOutOfRangeException>(() => driver.ReadVolts((Ads1115Input)8));
        Assert.Throws<ArgumentOutOfRangeException>(() => driver.ReadVolts(Ads1115Input.A0, (Ads1115Range)6));
    }

    /// <summary>Ends a conversion at once, unless it hangs; bit 15 of its configuration says so.</summary>
    private sealed class Converter : WordRegisterChip
    {
        internal ushort Code { get; set; }

        internal bool Hangs { get; set; }

        internal bool Deaf { get; set; }

        protected override void OnWrite(byte register, ushort value)
        {
            if (!Deaf && register == 1)
                (Words[0], Words[1]) = ((value & 0x8000) != 0 ? Code : Words[0], (ushort)(Hangs ? value & 0x7FFF : value | 0x8000));
        }
    }
}
