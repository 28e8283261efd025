using EdgeMas.Devices.Chips.Vl53l0x;
using EdgeMas.Devices.Errors;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Devices.Tests.Chips;

public sealed class Vl53l0xTests
{
    private readonly SimulatedVl53l0x _chip = new();
    private readonly RecordedI2c _bus;

    public Vl53l0xTests() => _bus = new RecordedI2c(Vl53l0x.DefaultAddress, _chip);

    [Fact]
    public void Set_up_makes_both_reference_measurements_and_then_measures_on_and_on()
    {
        using var driver = new Vl53l0x(_bus);
        var transfers = _bus.Take();

        Assert.True(_chip.IsRunning);
        Assert.Equal("w C0 r1", transfers[0]);
        Assert.Equal("w 00 02", transfers[^1]);
        Assert.True(Array.IndexOf(transfers, "w 00 41") < Array.IndexOf(transfers, "w 01 02"), "the voltage comes before the phase");
        Assert.Contains("w 91 3C", transfers); // the stop variable is given back before the start
    }

    [Theory]
    [InlineData(0.123)]
    [InlineData(1.999)]
    public void A_thing_ahead_is_measured_to_the_millimetre(double meters)
    {
        using var driver = new Vl53l0x(_bus);
        _chip.See(meters);

        Assert.True(driver.TryRead(out var reading));
        Assert.Equal((meters, 11), (reading.Meters, reading.Status));
    }

    [Fact]
    public void Without_a_new_measurement_there_is_none()
    {
        using var driver = new Vl53l0x(_bus);
        driver.TryRead(out _);
        driver.Stop();
        _bus.Take();

        Assert.False(driver.TryRead(out _));
        Assert.Equal(["w 13 r1"], _bus.Take());
    }

    [Theory]
    [InlineData(11, 8190, double.PositiveInfinity)]
    [InlineData(4, 8190, double.PositiveInfinity)]
    [InlineData(9, 300, double.PositiveInfinity)]
    [InlineData(10, 20, 0)]
    [InlineData(2, 300, double.NaN)]
    [InlineData(0, 300, double.NaN)]
    public void The_chips_verdict_says_what_a_number_is_worth(int status, int millimeters, double meters)
    {
        var chip = new SimulatedVl53l0x();
        using var driver = new Vl53l0x(new RecordedI2c(Vl53l0x.DefaultAddress, new Verdict(chip, status, millimeters)));

        Assert.True(driver.TryRead(out var reading));
        Assert.Equal(meters, reading.Meters);
    }

    [Fact]
    public void A_chip_that_never_ends_its_calibration_is_an_error()
    {
        var silent = new PlainRegisters().With(0xC0, 0xEE);

        Assert.Contains("reference measurement", Assert.Throws<DeviceException>(() => new Vl53l0x(new RecordedI2c(Vl53l0x.DefaultAddress, silent))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_chip_at_the_address_is_an_error_that_says_what_it_is() =>
        Assert.Contains("it is no VL53L0X: its identity is 0x00, not 0xee", Assert.Throws<DeviceException>(() => new Vl53l0x(new RecordedI2c(Vl53l0x.DefaultAddress, new PlainRegisters()))).Message, StringComparison.Ordinal);

    /// <summary>A chip whose results are replaced.</summary>
    private sealed class Verdict(II2cTarget chip, int status, int millimeters) : II2cTarget
    {
        public void Write(ReadOnlySpan<byte> bytes) => chip.Write(bytes);

        public void Read(Span<byte> bytes)
        {
            chip.Read(bytes);
            if (bytes.Length != 12)
                return;
            bytes[0] = (byte)(status << 3);
            bytes[10] = (byte)(millimeters >> 8);
            bytes[11] = (byte)millimeters;
        }
    }
}
