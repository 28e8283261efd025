using System.Numerics;
using EdgeMas.Devices.Chips;
using EdgeMas.Devices.Chips.Mpu6050;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Tests.Chips;

public sealed class Mpu6050Tests
{
    private readonly PlainRegisters _chip = new PlainRegisters().With(0x75, 0x68);
    private readonly RecordedI2c _bus;

    public Mpu6050Tests() => _bus = new RecordedI2c(Mpu6050.DefaultAddress, _chip);

    [Fact]
    public void Set_up_resets_the_chip_then_clocks_it_from_the_gyroscope_and_sets_ranges_filter_and_rate()
    {
        using var driver = new Mpu6050(_bus, AccelerometerRange.G8, GyroscopeRange.Degrees1000, LowPass.Hertz21, samplesPerSecond: 100);

        Assert.Equal(["w 75 r1", "w 6B 80", "w 6B 01", "w 1A 04", "w 19 09", "w 1B 10", "w 1C 10"], _bus.Take());
    }

    [Theory] // register map 4.17, 4.19: steps a unit at each range
    [InlineData(AccelerometerRange.G2, 16384)]
    [InlineData(AccelerometerRange.G4, 8192)]
    [InlineData(AccelerometerRange.G8, 4096)]
    [InlineData(AccelerometerRange.G16, 2048)]
    public void One_g_is_as_many_steps_as_the_register_map_says(AccelerometerRange range, short steps)
    {
        using var driver = new Mpu6050(_bus, accelerometer: range);
        _chip.With(0x3F, (byte)(steps >> 8), (byte)steps);

        Assert.Equal(new Vector3(0, 0, 9.80665f), driver.Read().MetersPerSecondSquared);
    }

    [Theory]
    [InlineData(GyroscopeRange.Degrees250, 131.0)]
    [InlineData(GyroscopeRange.Degrees500, 65.5)]
    [InlineData(GyroscopeRange.Degrees1000, 32.8)]
    [InlineData(GyroscopeRange.Degrees2000, 16.4)]
    public void A_hundred_degrees_a_second_are_as_many_steps_as_the_register_map_says(GyroscopeRange range, double stepsPerDegree)
    {
        using var driver = new Mpu6050(_bus, gyroscope: range);
        var steps = (short)Math.Round(-100 * stepsPerDegree);
        _chip.With(0x43, (byte)(steps >> 8), (byte)steps);

        Assert.Equal(-100 * Math.PI / 180, driver.Read().RadiansPerSecond.X, 0.003);
    }

    [Fact]
    public void A_reading_is_one_transfer_of_fourteen_bytes()
    {
        using var driver = new Mpu6050(_bus);
        _bus.Take();

        driver.Read();

        Assert.Equal(["w 3B r14"], _bus.Take());
    }

    [Theory] // register map 4.18: raw / 340 + 36.53
    [InlineData(0, 36.53)]
    [InlineData(-3920, 25.0)]
    public void The_temperature_follows_the_register_maps_formula(short raw, double celsius)
    {
        using var driver = new Mpu6050(_bus);
        _chip.With(0x41, (byte)(raw >> 8), (byte)raw);

        Assert.Equal(celsius, driver.Read().Celsius, 0.01);
    }

    [Fact]
    public void Another_chip_at_the_address_is_an_error_that_says_what_it_is()
    {
        _chip[0x75] = 0x71; // an MPU-9250

        Assert.Contains("i2c-1 address 0x68: cannot be used: it is no MPU-6050: its identity is 0x71, not 0x68", Assert.Throws<DeviceException>(() => new Mpu6050(_bus)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frozen_chip_shows_in_readings_that_do_not_change()
    {
        using var driver = new Mpu6050(_bus);
        _chip.With(0x3B, 1);
        driver.Read();
        Assert.Equal(0, driver.UnchangedReadings);

        driver.Read();
        driver.Read();
        Assert.Equal(2, driver.UnchangedReadings);

        _chip[0x3C] ^= 1;
        driver.Read();
        Assert.Equal(0, driver.UnchangedReadings);
    }

    [Fact]
    public void Calibration_takes_what_the_gyroscope_shows_at_rest_from_each_reading()
    {
        using var driver = new Mpu6050(_bus, gyroscope: GyroscopeRange.Degrees250);
        _chip.With(0x47, 0, 131); // 1 degree a second about z

        driver.CalibrateGyroscope(readings: 4);

        Assert.Equal(Math.PI / 180, driver.GyroscopeBias.Z, 1e-5);
        Assert.Equal(0, driver.Read().RadiansPerSecond.Z, 1e-5);
    }

    [Fact]
    public void Calibration_of_a_moving_robot_is_refused()
    {
        var chip = new TurningGyroscope();
        using var driver = new Mpu6050(new RecordedI2c(Mpu6050.DefaultAddress, chip));

        Assert.Contains("stand still", Assert.Throws<DeviceException>(() => driver.CalibrateGyroscope(readings: 4)).Message, StringComparison.Ordinal);
        Assert.Equal(Vector3.Zero, driver.GyroscopeBias);
    }

    /// <summary>Turns faster with each reading.</summary>
    private sealed class TurningGyroscope : EdgeMas.Simulation.Board.RegisterChip
    {
        protected override byte OnRead(byte register) => register == 0x47 ? ++Registers[0x47] : register == 0x75 ? (byte)0x68 : Registers[register];
    }
}
