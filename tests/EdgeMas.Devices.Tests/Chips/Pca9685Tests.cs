using EdgeMas.Devices.Chips.Pca9685;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Devices.Tests.Chips;

public sealed class Pca9685Tests
{
    private readonly RecordedI2c _bus;
    private readonly SimulatedPca9685 _chip = new();

    public Pca9685Tests() => _bus = new RecordedI2c(Pca9685.DefaultAddress, _chip);

    [Fact]
    public void Set_up_stops_all_outputs_first_and_sets_the_prescaler_while_the_oscillator_sleeps()
    {
        using var driver = new Pca9685(_bus, frequencyHertz: 200);

        // 200 Hz from 25 MHz is prescaler 30, the data sheet's example in section 7.3.5.
        Assert.Equal(["w FD 10", "w 01 04", "w 00 30", "w FE 1E", "w 00 20", "w 00 A0"], _bus.Take());
        Assert.Equal(200, _chip.FrequencyHertz, 5.0);
    }

    [Theory]
    [InlineData(0, "w 12 00 00 00 10")]
    [InlineData(1, "w 12 00 10 00 00")]
    [InlineData(0.5, "w 12 00 00 00 08")]
    [InlineData(0.25, "w 12 00 00 00 04")]
    [InlineData(0.00001, "w 12 00 00 00 10")]
    public void A_duty_is_written_in_one_transfer_with_full_on_and_full_off_at_the_ends(double duty, string transfer)
    {
        using var driver = new Pca9685(_bus);
        _bus.Take();

        driver.SetDuty(3, duty);

        Assert.Equal([transfer], _bus.Take());
        Assert.Equal(duty, _chip.Duty(3), 0.0002);
        Assert.Equal(duty, driver.GetDuty(3), 0.0002);
    }

    [Fact]
    public void A_servos_pulse_lasts_as_long_as_asked_whatever_the_prescaler_made_of_the_frequency()
    {
        using var driver = new Pca9685(_bus, frequencyHertz: 333);

        driver.SetPulse(0, TimeSpan.FromMilliseconds(1.5));

        Assert.Equal(1.5, 1000 * _chip.Duty(0) / _chip.FrequencyHertz, 0.001);
    }

    [Fact]
    public void Stop_ends_all_pulses_in_one_transfer()
    {
        using var driver = new Pca9685(_bus);
        driver.SetDuty(0, 0.3);
        driver.SetDuty(15, 1);
        _bus.Take();

        driver.Stop();

        Assert.Equal(["w FD 10"], _bus.Take());
        Assert.Equal(0, _chip.Duty(0) + _chip.Duty(15));
    }

    [Theory]
    [InlineData(23)]
    [InlineData(1800)]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void A_frequency_out_of_reach_is_refused_before_the_chip_is_asked(double frequency)
    {
        using var driver = new Pca9685(_bus);
        _bus.Take();

        Assert.Contains("24 to 1526 Hz", Assert.Throws<ArgumentOutOfRangeException>(() => driver.SetFrequency(frequency)).Message, StringComparison.Ordinal);
        Assert.Empty(_bus.Take());
    }

    [Theory]
    [InlineData(-1, 0.5)]
    [InlineData(16, 0.5)]
    [InlineData(0, 1.01)]
    [InlineData(0, -0.01)]
    [InlineData(0, double.NaN)]
    public void A_channel_or_duty_that_is_not_there_is_refused(int channel, double duty)
    {
        using var driver = new Pca9685(_bus);

        Assert.Throws<ArgumentOutOfRangeException>(() => driver.SetDuty(channel, duty));
    }

    [Fact]
    public void A_chip_that_runs_as_it_shall_is_taken_over_with_its_outputs_on()
    {
        var before = new Pca9685(_bus, frequencyHertz: 50);
        before.SetPulse(3, TimeSpan.FromMilliseconds(1.5));
        _bus.Take();

        using var next = new Pca9685(_bus, frequencyHertz: 50, takeOver: true);

        Assert.True(next.IsTakenOver);
        Assert.Equal(["w 00 r2", "w FE r1"], _bus.Take()); // nothing was written
        Assert.Equal(before.FrequencyHertz, next.FrequencyHertz);
        Assert.Equal(1.5, 1000 * next.GetDuty(3) / next.FrequencyHertz, 0.005);
    }

    [Theory]
    [InlineData(60)] // another prescaler
    [InlineData(0)] // as it powers up
    public void A_chip_that_is_set_up_otherwise_is_set_up_anew_with_its_outputs_off(double frequency)
    {
        if (frequency > 0)
            new Pca9685(_bus, frequency).SetDuty(3, 0.1);

        using var driver = new Pca9685(_bus, frequencyHertz: 50, takeOver: true);

        Assert.False(driver.IsTakenOver);
        Assert.Equal(0, _chip.Duty(3));
        Assert.Equal(50, _chip.FrequencyHertz, 0.5);
        Assert.True(driver.IsSetUp());
    }

    [Fact]
    public void A_supply_that_failed_is_seen_in_the_settings()
    {
        using var driver = new Pca9685(_bus);
        Assert.True(driver.IsSetUp());

        _chip.PowerUp();
        Assert.False(driver.IsSetUp());

        using var again = new Pca9685(_bus);
        Assert.True(again.IsSetUp());
        again.SetFrequency(60);
        Assert.True(again.IsSetUp());
        Assert.False(driver.IsSetUp()); // another program's frequency
    }

    [Fact]
    public void The_bus_device_goes_with_the_driver()
    {
        new Pca9685(_bus).Dispose();

        Assert.True(_bus.Disposed);
    }
}
