using EdgeMas.Devices.Chips.Esc;

namespace EdgeMas.Devices.Tests.Chips;

public sealed class EscTests
{
    private readonly RecordedPins _pins = new(1);

    public EscTests() => _pins.Pwm.Frequency = 100;

    [Theory]
    [InlineData(EscKind.Forward, "duty 0.1")]
    [InlineData(EscKind.ForwardAndBackward, "duty 0.15")]
    public void Armed_it_has_seen_the_pulse_of_standing_still(EscKind kind, string pulse)
    {
        using var esc = new Esc(kind, _pins.Pwm);
        Assert.Empty(_pins.Take());

        esc.Arm(TimeSpan.FromMilliseconds(1));

        Assert.Equal([pulse, "start"], _pins.Take());
        Assert.Equal((true, 0), (esc.IsArmed, esc.Power));
    }

    [Theory]
    [InlineData(EscKind.Forward, 1, 0.2)]
    [InlineData(EscKind.Forward, 0.25, 0.125)]
    [InlineData(EscKind.ForwardAndBackward, 1, 0.2)]
    [InlineData(EscKind.ForwardAndBackward, -1, 0.1)]
    public void Power_is_a_pulse_of_one_to_two_milliseconds(EscKind kind, double power, double duty)
    {
        using var esc = new Esc(kind, _pins.Pwm);
        esc.Arm(TimeSpan.FromMilliseconds(1));

        esc.SetPower(power);

        Assert.Equal(duty, _pins.Pwm.DutyCycle, 1e-12);
    }

    [Fact]
    public void Before_it_is_armed_and_after_a_stop_it_turns_nothing()
    {
        using var esc = new Esc(EscKind.Forward, _pins.Pwm);
        Assert.Throws<InvalidOperationException>(() => esc.SetPower(0.1));
        Assert.Empty(_pins.Take());

        esc.Arm(TimeSpan.FromMilliseconds(1));
        esc.SetPower(0.5);
        esc.Stop();

        Assert.Equal(0.1, _pins.Pwm.DutyCycle, 1e-12);
        Assert.Throws<InvalidOperationException>(() => esc.SetPower(0.1));
    }

    [Theory]
    [InlineData(EscKind.Forward, -0.1)]
    [InlineData(EscKind.ForwardAndBackward, -1.1)]
    [InlineData(EscKind.Forward, 1.1)]
    [InlineData(EscKind.Forward, double.NaN)]
    public void Power_beyond_its_ends_is_refused(EscKind kind, double power)
    {
        using var esc = new Esc(kind, _pins.Pwm);
        esc.Arm(TimeSpan.FromMilliseconds(1));

        Assert.Throws<ArgumentOutOfRangeException>(() => esc.SetPower(power));
    }

    [Theory]
    [InlineData(49)]
    [InlineData(20_000)]
    public void A_frequency_that_no_controller_takes_is_refused(int frequency)
    {
        _pins.Pwm.Frequency = frequency;

        Assert.Throws<ArgumentOutOfRangeException>(() => new Esc(EscKind.Forward, _pins.Pwm));
    }
}
