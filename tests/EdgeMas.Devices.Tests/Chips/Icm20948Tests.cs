using System.Numerics;
using EdgeMas.Devices.Chips.Icm20948;
using EdgeMas.Devices.Chips;
using EdgeMas.Devices.Errors;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Devices.Tests.Chips;

public sealed class Icm20948Tests
{
    private readonly Banks _chip = new();
    private readonly RecordedI2c _bus;

    public Icm20948Tests() => _bus = new RecordedI2c(Icm20948.SecondAddress, _chip);

    [Fact]
    public void Set_up_wakes_the_chip_in_bank_0_sets_ranges_filters_and_rates_in_bank_2_and_comes_back()
    {
        using var driver = new Icm20948(_bus, AccelerometerRange.G8, GyroscopeRange.Degrees1000, Icm20948LowPass.Hertz24, samplesPerSecond: 100);

        // 1125 / 100 is nearest to 11: a divider of 10
        Assert.Equal(
            ["w 7F 00", "w 00 r1", "w 06 80", "w 06 01", "w 07 00", "w 7F 20", "w 00 0A", "w 01 25", "w 10 00 0A", "w 14 25", "w 7F 00"],
            _bus.Take());
    }

    [Theory] // data sheet, table 2: steps a g
    [InlineData(AccelerometerRange.G2, 16384)]
    [InlineData(AccelerometerRange.G4, 8192)]
    [InlineData(AccelerometerRange.G8, 4096)]
    [InlineData(AccelerometerRange.G16, 2048)]
    public void One_g_is_as_many_steps_as_the_data_sheet_says(AccelerometerRange range, short steps)
    {
        using var driver = new Icm20948(_bus, accelerometer: range);
        _chip.Put(0x31, steps);

        Assert.Equal(new Vector3(0, 0, 9.80665f), driver.Read().MetersPerSecondSquared);
    }

    [Theory] // data sheet, table 1: steps a degree a second
    [InlineData(GyroscopeRange.Degrees250, 131.0)]
    [InlineData(GyroscopeRange.Degrees500, 65.5)]
    [InlineData(GyroscopeRange.Degrees1000, 32.8)]
    [InlineData(GyroscopeRange.Degrees2000, 16.4)]
    public void A_hundred_degrees_a_second_are_as_many_steps_as_the_data_sheet_says(GyroscopeRange range, double stepsPerDegree)
    {
        using var driver = new Icm20948(_bus, gyroscope: range);
        _chip.Put(0x37, (short)Math.Round(-100 * stepsPerDegree));

        Assert.Equal(-100 * Math.PI / 180, driver.Read().RadiansPerSecond.Z, 0.003);
    }

    [Fact]
    public void A_reading_is_one_transfer_of_fourteen_bytes_and_allocates_nothing()
    {
        using var driver = new Icm20948(_bus);
        _bus.Take();

        driver.Read();

        Assert.Equal(["w 2D r14"], _bus.Take());
    }

    [Fact]
    public void The_temperature_follows_the_data_sheets_formula()
    {
        using var driver = new Icm20948(_bus);
        _chip.Put(0x39, 1335); // 4 · 333.87

        Assert.Equal(25, driver.Read().Celsius, 0.01);
    }

    [Fact]
    public void Another_chip_at_the_address_is_an_error_that_says_what_it_is()
    {
        _chip.Identity = 0x68;

        Assert.Contains("i2c-1 address 0x69: cannot be used: it is no ICM-20948: its identity is 0x68, not 0xea", Assert.Throws<DeviceException>(() => new Icm20948(_bus)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frozen_chip_shows_in_readings_that_do_not_change()
    {
        using var driver = new Icm20948(_bus);
        _chip.Put(0x2D, 1);
        driver.Read();
        driver.Read();
        Assert.Equal(1, driver.UnchangedReadings);

        _chip.Put(0x2D, 2);
        driver.Read();
        Assert.Equal(0, driver.UnchangedReadings);
    }

    /// <summary>Registers in four banks, as the chip has them: a driver in the wrong one reads and writes something else.</summary>
    private sealed class Banks : RegisterChip
    {
        private readonly byte[,] _banks = new byte[4, 128];
        private int _bank = 3;

        internal byte Identity { get => _banks[0, 0]; set => _banks[0, 0] = value; }

        internal Banks() => Identity = 0xEA;

        internal void Put(int register, short value) => (_banks[0, register], _banks[0, register + 1]) = ((byte)(value >> 8), (byte)value);

        protected override void OnWrite(byte register, byte value)
        {
            if (register == 0x7F)
                _bank = (value >> 4) & 3;
            else
                _banks[_bank, register] = value;
        }

        protected override byte OnRead(byte register) => _banks[_bank, register & 0x7F];
    }
}
