using EdgeMas.Devices.Chips.Bme280;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Tests.Chips;

/// <summary>
/// The worked example of Bosch's data sheet (BST-BMP280-DS001, section 3.12; the BME280 compensates by the same formulas): 25.08 °C and 100653.27 Pa.
/// For humidity there is none: there the data sheet's other formula, in whole numbers, must agree.
/// </summary>
public sealed class Bme280Tests
{
    private const int Temperature = 519888;
    private const int Pressure = 415148;
    private const int T1 = 27504, H1 = 75, H2 = 362, H3 = 0, H4 = 313, H5 = 50, H6 = 30;
    private readonly PlainRegisters _chip = new();
    private readonly RecordedI2c _bus;

    public Bme280Tests()
    {
        _bus = new RecordedI2c(Bme280.DefaultAddress, _chip);
        _chip[0xD0] = 0x60;
        short[] pressures = [-10685, 3024, 2855, 140, -7, 15500, -14600, 6000];
        Put(0x88, T1);
        Put(0x8A, 26435);
        Put(0x8C, -1000);
        Put(0x8E, 36477);
        for (var i = 0; i < pressures.Length; i++)
            Put(0x90 + (2 * i), pressures[i]);
        _chip[0xA1] = H1;
        Put(0xE1, H2);
        _chip[0xE3] = H3;
        _chip.With(0xE4, H4 >> 4, (H4 & 0xF) | ((H5 & 0xF) << 4), H5 >> 4, H6);
        Measure(Pressure, Temperature, 30281);
    }

    [Fact]
    public void Set_up_resets_the_chip_and_chooses_the_data_sheets_indoor_navigation()
    {
        using var driver = new Bme280(_bus);

        Assert.Equal(["w D0 r1", "w E0 B6", "w F3 r1", "w 88 r26", "w E1 r7", "w F2 01", "w F5 10", "w F4 57"], _bus.Take());
    }

    [Fact]
    public void The_data_sheets_raw_values_are_the_data_sheets_temperature_and_pressure()
    {
        using var driver = new Bme280(_bus);
        _bus.Take();

        var reading = driver.Read();

        Assert.Equal(["w F7 r8"], _bus.Take());
        Assert.Equal(25.08, reading.Celsius, 0.005);
        Assert.Equal(100653.27, reading.Pascals, 0.01);
    }

    [Theory]
    [InlineData(21000)]
    [InlineData(26000)]
    [InlineData(30281)]
    [InlineData(45000)]
    [InlineData(65000)] // beyond 100 %: held there
    public void Humidity_is_what_the_data_sheets_other_formula_makes_of_it(int raw)
    {
        using var driver = new Bme280(_bus);
        Measure(Pressure, Temperature, raw);

        Assert.Equal(WholeNumberHumidity(raw, fine: 128422) / 1024.0 / 100, driver.Read().Humidity, 0.0002);
    }

    [Fact]
    public void After_a_dip_of_its_supply_it_is_set_up_again()
    {
        using var driver = new Bme280(_bus);
        Measure(0x80000, 0x80000, 0x8000);
        _bus.Take();

        Assert.Contains("measures nothing", Assert.Throws<DeviceException>(() => driver.Read()).Message, StringComparison.Ordinal);
        Assert.Equal(["w F7 r8", "w F2 01", "w F5 10", "w F4 57", "w F7 r8"], _bus.Take());
    }

    [Fact]
    public void A_chip_without_humidity_is_told()
    {
        _chip[0xD0] = 0x58;

        Assert.Contains("it is no BME280: its identity is 0x58", Assert.Throws<DeviceException>(() => new Bme280(_bus)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blank_calibration_is_an_error_and_no_number()
    {
        Put(0x8E, 0);

        Assert.Contains("calibration is blank", Assert.Throws<DeviceException>(() => new Bme280(_bus)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Negative_numbers_of_twelve_bits_keep_their_sign()
    {
        _chip.With(0xE4, 0xFF, 0xFF, 0xFF); // both −1
        using var driver = new Bme280(_bus);
        Measure(Pressure, Temperature, 20000);

        // (20000 + 64 + 51622/16384) · 362/65536 · (1 + 30/2²⁶ · 51622), less its own small correction.
        Assert.Equal(1.0, driver.Read().Humidity, 1e-9); // 113 %: with the sign lost it would be below nothing, 0
    }

    /// <summary>In 1024ths of a per cent.</summary>
    private static long WholeNumberHumidity(int raw, int fine)
    {
        long v = fine - 76800;
        v = (((raw << 14) - ((long)H4 << 20) - (H5 * v) + 16384) >> 15)
            * (((((((v * H6) >> 10) * (((v * H3) >> 11) + 32768)) >> 10) + 2097152) * H2 + 8192) >> 14);
        v -= ((((v >> 15) * (v >> 15)) >> 7) * H1) >> 4;
        return Math.Clamp(v, 0, 419430400) >> 12;
    }

    private void Measure(int pressure, int temperature, int humidity) => _chip.With(
        0xF7,
        (byte)(pressure >> 12), (byte)(pressure >> 4), (byte)(pressure << 4),
        (byte)(temperature >> 12), (byte)(temperature >> 4), (byte)(temperature << 4),
        (byte)(humidity >> 8), (byte)humidity);

    private void Put(int register, int value) => _chip.With(register, (byte)value, (byte)(value >> 8));
}
